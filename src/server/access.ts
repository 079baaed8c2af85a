import { createHash, randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Clock } from '../shared/clock.ts';
import { SESSION_HEADER, SOCKET_PROTOCOL, SOCKET_PROTOCOL_VALUE_PREFIX } from '../shared/contract/page-session.ts';
import { type Denial, denial } from './denial.ts';

export const CODE_LIFE_MS = 10 * 60_000;
const MAX_OPEN_CODES = 8;
const MAX_BROWSERS = 32;
const MAX_TABS_OF_A_BROWSER = 64;
const MAX_WRONG_CODES = 10;
const WRONG_CODES_WINDOW_MS = 60_000;

/** What a code was exchanged for. */
export interface Grant {
  /** Absent when the browser has its cookie already. */
  readonly setCookie?: string;
  readonly value: string;
}

export function isDenial(result: Grant | Denial): result is Denial {
  return 'status' in result;
}

/**
 * Who may use the server host. A one-time code (10 min, single use) is exchanged for a cookie of the browser and a value
 * of the tab; a request needs both, and the value counts only with the cookie that it was given for. Only hashes of them
 * are kept. Nothing turns these rules off.
 */
export class Access {
  readonly #clock: Clock;
  readonly #port: number;
  readonly #hosts: ReadonlySet<string>;
  /** Hash of each open code, with the time it expires. */
  readonly #codes = new Map<string, number>();
  /** Hash of each cookie, with the hashes of its tabs' values, oldest first. */
  readonly #browsers = new Map<string, Set<string>>();
  #wrongCodes: number[] = [];

  constructor(options: { readonly clock: Clock; readonly port: number }) {
    this.#clock = options.clock;
    this.#port = options.port;
    const suffix = options.port === 80 ? '' : `:${options.port}`;
    this.#hosts = new Set([`127.0.0.1${suffix}`, `localhost${suffix}`]);
  }

  get cookieName(): string {
    return `everynode-${this.#port}`;
  }

  /** A fresh code. Older ones stay good for their time. */
  issueCode(): string {
    const code = randomBytes(16).toString('base64url');
    this.#codes.set(hash(code), this.#clock.now() + CODE_LIFE_MS);
    dropOldest(this.#codes, MAX_OPEN_CODES);
    return code;
  }

  /** A page of another site that had its name point here (DNS rebinding) sends its own name. */
  refuseHost(headers: IncomingHttpHeaders): Denial | undefined {
    if (this.#hosts.has(headers.host?.toLowerCase() ?? '')) return undefined;
    return denial(403, 'Forbidden', 'This address is not one that Everynode answers to.');
  }

  /** For every WebSocket and every request that is not a GET: the page that asks is our own. */
  refuseOrigin(headers: IncomingHttpHeaders): Denial | undefined {
    if (headers.host !== undefined && headers.origin === `http://${headers.host.toLowerCase()}`) return undefined;
    return denial(403, 'Forbidden', 'Another site may not use Everynode.');
  }

  exchange(code: string, headers: IncomingHttpHeaders): Grant | Denial {
    const now = this.#clock.now();
    this.#wrongCodes = this.#wrongCodes.filter((time) => time > now - WRONG_CODES_WINDOW_MS);
    if (this.#wrongCodes.length >= MAX_WRONG_CODES) {
      const retryAfterSeconds = Math.ceil(((this.#wrongCodes[0] ?? now) + WRONG_CODES_WINDOW_MS - now) / 1000);
      return denial(429, 'TooManyRequests', 'Too many wrong codes. Wait a minute.', { retryAfterSeconds });
    }
    const key = hash(code);
    const expires = this.#codes.get(key);
    this.#codes.delete(key);
    if (expires === undefined || expires <= now) {
      this.#wrongCodes.push(now);
      return denial(401, 'Unauthorized', 'This code was used already, has expired or never was.');
    }
    return this.#grant(headers);
  }

  /** For GET SESSION_PATH. */
  refuseRequest(headers: IncomingHttpHeaders): Denial | undefined {
    const value = headers[SESSION_HEADER];
    return this.#refuse(headers, typeof value === 'string' ? value : undefined);
  }

  /** For a WebSocket's handshake. */
  refuseSocket(headers: IncomingHttpHeaders): Denial | undefined {
    const protocols = (headers['sec-websocket-protocol'] ?? '').split(',').map((protocol) => protocol.trim());
    if (!protocols.includes(SOCKET_PROTOCOL)) return denial(400, 'ContractViolation', 'Not the protocol of Everynode.');
    const entry = protocols.find((protocol) => protocol.startsWith(SOCKET_PROTOCOL_VALUE_PREFIX));
    return this.#refuse(headers, entry?.slice(SOCKET_PROTOCOL_VALUE_PREFIX.length));
  }

  #refuse(headers: IncomingHttpHeaders, value: string | undefined): Denial | undefined {
    const tabs = this.#tabsOf(headers);
    if (value !== undefined && tabs?.has(hash(value)) === true) return undefined;
    return denial(401, 'Unauthorized', 'This tab needs a code of its own.');
  }

  #grant(headers: IncomingHttpHeaders): Grant {
    const value = randomBytes(32).toString('base64url');
    const known = this.#tabsOf(headers);
    if (known !== undefined) {
      known.add(hash(value));
      dropOldest(known, MAX_TABS_OF_A_BROWSER);
      return { value };
    }
    const cookie = randomBytes(32).toString('base64url');
    this.#browsers.set(hash(cookie), new Set([hash(value)]));
    dropOldest(this.#browsers, MAX_BROWSERS);
    return { value, setCookie: `${this.cookieName}=${cookie}; Path=/; HttpOnly; SameSite=Strict` };
  }

  #tabsOf(headers: IncomingHttpHeaders): Set<string> | undefined {
    const prefix = `${this.cookieName}=`;
    const cookie = (headers.cookie ?? '')
      .split(';')
      .map((pair) => pair.trim())
      .find((pair) => pair.startsWith(prefix));
    return cookie === undefined ? undefined : this.#browsers.get(hash(cookie.slice(prefix.length)));
  }
}

/** Looked up by hash, so that the time of a comparison tells nothing of the secret. */
function hash(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

function dropOldest(kept: Map<string, unknown> | Set<string>, limit: number): void {
  for (const key of kept.keys()) {
    if (kept.size <= limit) return;
    kept.delete(key);
  }
}
