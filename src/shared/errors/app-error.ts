import type { ObjectRef } from '../kubernetes/object.ts';

/** Kubernetes' own reasons (apimachinery pkg/apis/meta/v1/types.go), then those on the way, then local ones. */
export const APP_ERROR_REASONS = [
  'Unauthorized',
  'Forbidden',
  'NotFound',
  'AlreadyExists',
  'Conflict',
  'Invalid',
  'Expired',
  'TooManyRequests',
  'Timeout',
  'ServiceUnavailable',
  'InternalError',
  'Unreachable',
  'CredentialPluginFailed',
  'OutcomeUnknown',
  'Disconnected',
  'KubeconfigInvalid',
  'ManifestSyntax',
  'PreferenceFileInvalid',
  'HostLacks',
  'Cancelled',
  'ContractViolation',
  'Bug',
] as const;
export type AppErrorReason = (typeof APP_ERROR_REASONS)[number];

/** One finding of the server or of a parser. `path` is a Kubernetes field path (`spec.template.spec.containers[0].image`), or empty. */
export interface ErrorCause {
  readonly path: string;
  readonly message: string;
  /** 1-based line of the user's text, where the finding is about a text. */
  readonly line?: number;
  readonly column?: number;
}

/** What crosses the wire. Never holds a credential. */
export interface AppErrorData {
  readonly reason: AppErrorReason;
  /** One sentence for the user, with the exact cause. */
  readonly message: string;
  readonly contextName?: string;
  readonly ref?: ObjectRef;
  readonly causes?: readonly ErrorCause[];
  readonly retryAfterSeconds?: number;
  /** Whether the same call can succeed later without the user changing anything. */
  readonly retry?: boolean;
  /** More for a curious user: the server's own words, a chain of causes. Plain text. */
  readonly detail?: string;
}

/** The one error class of Everynode. Converted once, at the edge that knows most. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly data: AppErrorData;

  constructor(data: AppErrorData, options?: { readonly cause?: unknown }) {
    super(data.message, options);
    this.data = data;
  }

  get reason(): AppErrorReason {
    return this.data.reason;
  }
}

const reasons: ReadonlySet<string> = new Set(APP_ERROR_REASONS);

export function isAppErrorReason(value: unknown): value is AppErrorReason {
  return typeof value === 'string' && reasons.has(value);
}

/** Any thrown value as data; what is not an AppError is a Bug, with its message kept as the detail. */
export function toAppErrorData(error: unknown): AppErrorData {
  if (error instanceof AppError) return error.data;
  const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { reason: 'Bug', message: 'Everynode has met an error of its own.', detail };
}
