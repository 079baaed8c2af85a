import { AppError } from '../../shared/errors/app-error.ts';
import type { AppErrorData, AppErrorReason } from '../../shared/errors/app-error.ts';
import { assertNever } from '../../shared/errors/assert-never.ts';
import { ConnectFailure } from './connect-failure.ts';
import type { ConnectionPools } from './connection-pools.ts';
import type { DeadlineEnd } from './deadline.ts';
import type { RequestCredentials } from './request-credentials.ts';
import { SilentConnection } from './silent-connection.ts';
import { errorCode } from './socket-failure.ts';
import { describeRefusedClientCertificate, isRefusedClientCertificate } from './tls-failure.ts';
import { isWebPage } from './status-to-error.ts';
import type { ResponseHeaders } from './status-to-error.ts';

export interface RequestFacts {
  readonly contextName: string;
  readonly server: URL;
  readonly writes: boolean;
  readonly timeoutMs: number;
  readonly credentials: RequestCredentials;
}

/** Knows how far one request came, and words what ended it. */
export class RequestFailure {
  readonly #facts: RequestFacts;
  #sent = false;
  #answered = false;
  #pools: ConnectionPools | undefined;

  constructor(facts: RequestFacts) {
    this.#facts = facts;
  }

  markSent(): void {
    this.#sent = true;
  }

  markPools(pools: ConnectionPools): void {
    this.#pools = pools;
  }

  /** The pools that the request goes over, once it has some. */
  get pools(): ConnectionPools | undefined {
    return this.#pools;
  }

  /** The pools that the request was sent on when not even the head of an answer came. */
  get silentPools(): ConnectionPools | undefined {
    return this.#sent && !this.#answered ? this.#pools : undefined;
  }

  markAnswered(): void {
    this.#answered = true;
  }

  get answered(): boolean {
    return this.#answered;
  }

  /** Whether the connection broke under the request, as a kept-alive one does that the server closed meanwhile. */
  isLostConnection(error: unknown): boolean {
    return ['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'].includes(errorCode(error) ?? '');
  }

  toAppError(error: unknown, end: DeadlineEnd | undefined): AppError {
    if (error instanceof AppError) return error;
    if (isRefusedClientCertificate(errorCode(error) ?? '')) return this.#broken(error);
    if (this.#facts.writes && this.#sent) return this.#outcomeUnknown(error, end);
    if (end !== undefined) return this.#ended(end, error);
    if (error instanceof ConnectFailure) return this.#connectFailure(error);
    if (error instanceof SilentConnection) return this.#error('Unreachable', error.message, { retry: true }, error);
    return this.#broken(error);
  }

  /** After the head of a stream. */
  streamError(error: unknown, end: DeadlineEnd | undefined): AppError {
    if (error instanceof AppError) return error;
    if (end !== undefined) return this.#ended(end, error);
    if (error instanceof SilentConnection) return this.#error('Disconnected', error.message, { retry: true }, error);
    const message = `The connection to ${this.#facts.server.host} broke in the middle of the stream.`;
    return this.#error('Disconnected', message, { retry: true, detail: describe(error) }, error);
  }

  tooLarge(limitBytes: number): AppError {
    const message = `The answer of the API server is larger than ${Math.round(limitBytes / 1_048_576)} MB.`;
    return this.#error('InternalError', message, { retry: false });
  }

  unreadable(why: string): AppError {
    return this.#error('Unreachable', `The answer of ${this.#facts.server.host} cannot be read: ${why}.`, {
      retry: true,
    });
  }

  refuseWebPage(status: number, body: Uint8Array, headers: ResponseHeaders): void {
    if (!isWebPage(headers, new TextDecoder().decode(body.subarray(0, 200)))) return;
    const message = `The server answered ${status} with a web page, not the Kubernetes API: is there a login page or proxy before it?`;
    throw this.#error('Unreachable', message, { retry: true });
  }

  #outcomeUnknown(error: unknown, end: DeadlineEnd | undefined): AppError {
    const message = `The change was sent to ${this.#facts.server.host}, but ${lost(end, this.#facts.timeoutMs)}: whether it was made is not known.`;
    return this.#error('OutcomeUnknown', message, { retry: false, detail: describe(error) }, error);
  }

  #ended(end: DeadlineEnd, error: unknown): AppError {
    switch (end) {
      case 'timeout': {
        const message = `The API server ${this.#facts.server.host} did not answer within ${this.#facts.timeoutMs / 1000} s.`;
        return this.#error('Unreachable', message, { retry: true }, error);
      }
      case 'cancelled':
        return this.#error('Cancelled', 'The request was cancelled.', { retry: false });
      case 'disposed':
        return this.#error('Cancelled', `The connection to ${this.#facts.contextName} was closed.`, { retry: true });
      default:
        return assertNever(end);
    }
  }

  #connectFailure(error: ConnectFailure): AppError {
    const detail = error.detail === undefined ? {} : { detail: error.detail };
    return this.#error(error.reason, error.message, { retry: error.retry, ...detail }, error);
  }

  #broken(error: unknown): AppError {
    const { host } = this.#facts.server;
    const code = errorCode(error) ?? '';
    if (this.isLostConnection(error)) {
      return this.#error(
        'Unreachable',
        `The API server ${host} closed the connection before it answered.`,
        { retry: true, detail: describe(error) },
        error,
      );
    }
    if (isRefusedClientCertificate(code)) {
      const message = describeRefusedClientCertificate(code, 'The API server', host);
      return this.#error('Unreachable', message, { retry: true, detail: describe(error) }, error);
    }
    if (code.startsWith('HPE_') || (error instanceof Error && error.name === 'HTTPParserError')) {
      const secure = this.#facts.server.protocol === 'https:';
      const guess = secure ? '' : ': the kubeconfig says http://, but is it an https server?';
      return this.#error(
        'Unreachable',
        `The server ${host} does not answer in HTTP${guess || '.'}`,
        { retry: true, detail: describe(error) },
        error,
      );
    }
    return this.#error(
      'Unreachable',
      `The request to ${host} failed (${code || describe(error)}).`,
      { retry: true, detail: describe(error) },
      error,
    );
  }

  #error(
    reason: AppErrorReason,
    message: string,
    more: { readonly retry: boolean; readonly detail?: string },
    cause?: unknown,
  ): AppError {
    const { contextName, credentials } = this.#facts;
    const data: AppErrorData = {
      reason,
      message: credentials.redact(message),
      contextName,
      retry: more.retry,
      ...(more.detail === undefined ? {} : { detail: credentials.redact(more.detail) }),
    };
    return new AppError(data, cause === undefined ? undefined : { cause });
  }
}

function lost(end: DeadlineEnd | undefined, timeoutMs: number): string {
  switch (end) {
    case 'timeout':
      return `no answer came within ${timeoutMs / 1000} s`;
    case 'cancelled':
      return 'it was cancelled before the answer came';
    case 'disposed':
      return 'the connection was closed before the answer came';
    case undefined:
      return 'the connection broke before the answer came';
    default:
      return assertNever(end);
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = errorCode(error);
  return code === undefined ? error.message : `${code}: ${error.message}`;
}
