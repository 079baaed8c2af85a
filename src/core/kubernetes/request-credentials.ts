import type { Clock } from '../../shared/clock.ts';
import { ConnectFailure } from './connect-failure.ts';
import type { UserFacts } from './credentials.ts';
import { execPluginOf } from './exec-plugin.ts';
import type { FileReader } from './file-reader.ts';
import type { ExecCredential } from './exec-credential.ts';
import { secretsOf } from './exec-plugin-text.ts';
import type { AskedBy } from './exec-identity.ts';
import type { ExecSession } from './exec-plugins.ts';
import { errorCode } from './socket-failure.ts';

export type RequestHeaders = Record<string, string | string[]>;

/** How long a token file's state is believed before it is looked at again. */
const CHECK_EVERY_MS = 1000;

/** The headers of a user: who asks, and as whom. Rereads a tokenFile when it changes. */
export class RequestCredentials {
  readonly #user: UserFacts;
  readonly #files: FileReader;
  readonly #clock: Clock;
  readonly #plugin: ExecSession | undefined;
  #token: { readonly text: string; readonly version: string; readonly checkedAt: number } | undefined;

  constructor(user: UserFacts, files: FileReader, clock: Clock, plugin?: ExecSession) {
    this.#user = user;
    this.#files = files;
    this.#clock = clock;
    this.#plugin = plugin;
  }

  get hasPlugin(): boolean {
    return this.#plugin !== undefined;
  }

  /**
   * Has the exec plugin sign in, where the user has one: before the time of a request begins, since it may ask somebody and take a
   * minute. Throws ConnectFailure.
   */
  async prepare(signal: AbortSignal, by: AskedBy): Promise<ExecCredential | undefined> {
    return this.#plugin?.credential(signal, by);
  }

  /** After a 401 to a request that was prepared: whether the plugin has given another credential. Throws ConnectFailure. */
  async renew(used: ExecCredential | undefined, signal: AbortSignal, by: AskedBy): Promise<boolean> {
    return this.#plugin !== undefined && this.#plugin.renew(used, signal, by);
  }

  /** Throws ConnectFailure: a plugin that nobody runs here, an auth provider, an unreadable token file. */
  async headers(): Promise<RequestHeaders> {
    const user = this.#user;
    const plugin = execPluginOf(user);
    if (plugin && !this.#plugin) throw notRun(`exec plugin "${plugin.command}"`);
    if (user.authProvider !== undefined) throw notRun(`auth provider "${user.authProvider}"`);
    const headers: RequestHeaders = impersonation(user);
    const authorization = await this.#authorization();
    if (authorization !== undefined) headers['authorization'] = authorization;
    return headers;
  }

  /** After a 401: whether the token file holds another token now. */
  async refresh(): Promise<boolean> {
    if (this.#user.tokenFile === undefined) return false;
    const before = this.#token?.text;
    this.#token = undefined;
    return (await this.#readToken(this.#user.tokenFile)) !== before;
  }

  /** Takes every secret out of a text that somebody else wrote, such as a proxy that repeats the request. */
  redact(text: string): string {
    const user = this.#user;
    const plugin = secretsOf(this.#plugin?.current);
    const basic = user.username === undefined ? undefined : basicPair(user);
    const secrets = [user.token, this.#token?.text, user.password, basic, ...plugin].filter(
      (secret) => secret !== undefined && secret.length > 3,
    );
    return secrets.reduce<string>((clean, secret) => clean.replaceAll(secret ?? '', '[redacted]'), text);
  }

  /** client-go transport/round_trippers.go (1.37): a token file wins over a token, both over a user name. */
  async #authorization(): Promise<string | undefined> {
    const user = this.#user;
    const own = user.tokenFile === undefined ? user.token : await this.#readToken(user.tokenFile, user.token);
    const token = own ?? this.#plugin?.current?.token;
    if (token !== undefined && token !== '') {
      if (!/^[\x21-\x7e]+$/.test(token))
        throw invalid('The token of this user has characters that no request can carry.');
      return `Bearer ${token}`;
    }
    return user.username === undefined ? undefined : `Basic ${basicPair(user)}`;
  }

  async #readToken(path: string, instead?: string): Promise<string> {
    const now = this.#clock.now();
    if (this.#token && Math.abs(now - this.#token.checkedAt) < CHECK_EVERY_MS) return this.#token.text;
    try {
      const version = await this.#files.version(path);
      const text =
        this.#token?.version === version
          ? this.#token.text
          : Buffer.from(await this.#files.read(path))
              .toString('utf8')
              .trim();
      this.#token = { text, version, checkedAt: now };
      return text;
    } catch (error) {
      // In the middle of a rotation: the last token is still the best there is.
      if (this.#token) return this.#token.text;
      if (instead !== undefined) return instead;
      throw invalid(`The tokenFile of this user cannot be read: ${path} (${errorCode(error) ?? 'error'}).`);
    }
  }
}

/** client-go transport/round_trippers.go (1.37), impersonatingRoundTripper. */
function impersonation(user: UserFacts): RequestHeaders {
  if (user.as === undefined) return {};
  const headers: RequestHeaders = { 'impersonate-user': user.as };
  if (user.asUid !== undefined) headers['impersonate-uid'] = user.asUid;
  if (user.asGroups && user.asGroups.length > 0) headers['impersonate-group'] = [...user.asGroups];
  for (const [key, values] of Object.entries(user.asUserExtra ?? {})) {
    headers[`impersonate-extra-${escapeHeaderKey(key)}`] = [...values];
  }
  return headers;
}

/** Percent-encodes what may not stand in a header's name (and the percent sign), as client-go's headerKeyEscape. */
function escapeHeaderKey(key: string): string {
  const bytes = [...Buffer.from(key)];
  return bytes
    .map((byte) => {
      const char = String.fromCharCode(byte);
      return /[A-Za-z0-9!#$&'*+\-.^_`|~]/.test(char) ? char : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('')
    .toLowerCase();
}

function basicPair(user: UserFacts): string {
  return Buffer.from(`${user.username}:${user.password ?? ''}`).toString('base64');
}

function notRun(what: string): ConnectFailure {
  return new ConnectFailure(`The user needs the ${what} to sign in, which Everynode does not run.`, {
    reason: 'CredentialPluginFailed',
    retry: false,
  });
}

function invalid(message: string): ConnectFailure {
  return new ConnectFailure(message, { reason: 'KubeconfigInvalid' });
}
