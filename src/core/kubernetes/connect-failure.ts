import type { AppErrorReason } from '../../shared/errors/app-error.ts';

/**
 * A connection that could not be made: nothing of a request was sent, so that repeating it is safe even for a write.
 * The message is the whole sentence for the user, without a credential in it.
 */
export class ConnectFailure extends Error {
  override readonly name = 'ConnectFailure';
  /** Any code but undici's own UND_ERR_SOCKET and UND_ERR_INFO, after which undici would try again for ever. */
  readonly code = 'EVERYNODE_CONNECT';
  readonly reason: AppErrorReason;
  /** Whether waiting alone can mend it. */
  readonly retry: boolean;
  readonly detail: string | undefined;

  constructor(
    message: string,
    options: {
      readonly reason?: AppErrorReason;
      readonly retry?: boolean;
      readonly detail?: string;
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, { cause: options.cause });
    this.reason = options.reason ?? 'Unreachable';
    this.retry = options.retry ?? true;
    this.detail = options.detail;
  }
}
