import {
  SESSION_HEADER,
  SESSION_PATH,
  type SessionRequest,
  SOCKET_PROTOCOL,
  SOCKET_PROTOCOL_VALUE_PREFIX,
} from '../../shared/contract/page-session.ts';
import { type AppErrorData, isAppErrorReason } from '../../shared/errors/app-error.ts';

const STORAGE_KEY = 'everynode-session';
const CODE_FRAGMENT = /#code=([\w-]+)/;

/** The parts of the window that the access of a tab lives in. */
export interface PageWindow {
  readonly location: Pick<Location, 'hash' | 'pathname'>;
  readonly history: Pick<History, 'replaceState'>;
  readonly sessionStorage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  readonly fetch: (path: string, init: RequestInit) => Promise<Response>;
}

export type AccessCheck =
  | { readonly result: 'valid' }
  | { readonly result: 'denied' | 'refused'; readonly error: AppErrorData }
  | { readonly result: 'unreachable' };

/** This tab's access to the server host. The value lives in sessionStorage: a reload keeps it, another tab has none. */
export class PageSession {
  readonly #window: PageWindow;

  constructor(window: PageWindow) {
    this.#window = window;
  }

  /** Takes a one-time code out of the URL, so that it stays neither there nor in the history. */
  takeCode(): string | undefined {
    const code = codeIn(this.#window.location.hash);
    if (code !== undefined) this.#window.history.replaceState(null, '', `${this.#window.location.pathname}#/`);
    return code;
  }

  get hasValue(): boolean {
    return this.#value !== null;
  }

  /** The entries of Sec-WebSocket-Protocol. */
  socketProtocols(): readonly string[] {
    return [SOCKET_PROTOCOL, `${SOCKET_PROTOCOL_VALUE_PREFIX}${this.#value ?? ''}`];
  }

  /**
   * Gives a code for the access of this tab.
   *
   * @param text the code, or the whole URL with it
   */
  async exchange(text: string): Promise<AccessCheck> {
    const body: SessionRequest = { code: codeIn(text) ?? text.trim() };
    const response = await this.#ask({
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (response === undefined) return { result: 'unreachable' };
    const answer: unknown = await response.json().catch(() => undefined);
    if (!response.ok || !isObject(answer) || typeof answer['value'] !== 'string') return failure(response, answer);
    this.#window.sessionStorage.setItem(STORAGE_KEY, answer['value']);
    return { result: 'valid' };
  }

  /** Whether the host takes this tab. A value that it does not know is forgotten. */
  async check(): Promise<AccessCheck> {
    const response = await this.#ask({ method: 'GET', headers: { [SESSION_HEADER]: this.#value ?? '' } });
    if (response === undefined) return { result: 'unreachable' };
    if (response.ok) return { result: 'valid' };
    const check = failure(response, await response.json().catch(() => undefined));
    if (check.result === 'denied') this.#window.sessionStorage.removeItem(STORAGE_KEY);
    return check;
  }

  get #value(): string | null {
    return this.#window.sessionStorage.getItem(STORAGE_KEY);
  }

  #ask(init: RequestInit): Promise<Response | undefined> {
    // Not reaching the host at all is an answer here: the transport tries again.
    return this.#window.fetch(SESSION_PATH, { ...init, cache: 'no-store', redirect: 'error' }).catch(() => undefined);
  }
}

function codeIn(text: string): string | undefined {
  return CODE_FRAGMENT.exec(text)?.[1];
}

function failure(response: Response, answer: unknown): AccessCheck {
  const known = isObject(answer) && isAppErrorReason(answer['reason']) && typeof answer['message'] === 'string';
  const error: AppErrorData = known
    ? // Both fields were just checked; the host sends nothing else.
      (answer as unknown as AppErrorData)
    : { reason: 'InternalError', message: `Everynode answered ${response.status}.` };
  return { result: response.status === 401 ? 'denied' : 'refused', error };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
