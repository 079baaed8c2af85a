import { AppError, type AppErrorData, toAppErrorData } from '../../shared/errors/app-error.ts';
import type { ObjectRef } from '../../shared/kubernetes/object.ts';
import type { ApiConnection, ApiStream } from './api-connection.ts';

export interface LogQuery {
  readonly container: string;
  readonly follow: boolean;
  readonly previous?: boolean;
  readonly tailLines?: number;
  readonly sinceSeconds?: number;
  /** RFC 3339, whole seconds. */
  readonly sinceTime?: string;
}

/** What the server said to a request for a log. */
export type LogAnswer =
  | { readonly kind: 'open'; readonly stream: ApiStream }
  /** 400 with the kubelet's words, or 204: there is no log yet. */
  | { readonly kind: 'waiting'; readonly message: string }
  | { readonly kind: 'gone'; readonly error: AppErrorData }
  /** It may go better later. */
  | { readonly kind: 'failed'; readonly error: AppErrorData };

/** kubelet pkg/kubelet/kubelet_pods.go (1.37), validateContainerLogStatus: the container has no log yet, or is between two runs. */
const WAITING_WORDS = /^container .* (is waiting to start|is not available|is terminated)/;

const LATER: ReadonlySet<string> = new Set([
  'Unreachable',
  'Disconnected',
  'Timeout',
  'TooManyRequests',
  'ServiceUnavailable',
  'InternalError',
]);

export function podPath(ref: ObjectRef): string {
  return `/api/v1/namespaces/${encodeURIComponent(ref.namespace)}/pods/${encodeURIComponent(ref.name)}`;
}

function textOf(value: number | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}

/**
 * The kubelet sends its headers with the first line (pkg/kubelet/server/server.go, getContainerLogs), so a followed log that is silent
 * answers nothing for as long: 20 days, near the limit of a timer.
 */
const FOLLOW_TIMEOUT_MS = 20 * 24 * 3_600_000;
/** The API server itself gives up on a node after 30 s. A log that is not followed has no other reason to pause. */
const READ_TIMEOUT_MS = 60_000;

/** Sends the request; throws only what no waiting can help (Forbidden, Invalid, Bug…). */
export async function requestLog(
  connection: ApiConnection,
  ref: ObjectRef,
  query: LogQuery,
  signal: AbortSignal,
): Promise<LogAnswer> {
  try {
    const stream = await connection.stream({
      path: `${podPath(ref)}/log`,
      query: {
        container: query.container,
        timestamps: 'true',
        follow: query.follow ? 'true' : undefined,
        previous: query.previous === true ? 'true' : undefined,
        tailLines: textOf(query.tailLines),
        sinceSeconds: textOf(query.sinceSeconds),
        sinceTime: query.sinceTime,
      },
      signal,
      purpose: 'log',
      timeoutMs: query.follow ? FOLLOW_TIMEOUT_MS : READ_TIMEOUT_MS,
      ...(query.follow ? {} : { silenceLimitMs: READ_TIMEOUT_MS }),
    });
    if (stream.status === 204) {
      stream.close();
      return { kind: 'waiting', message: `Pod ${ref.name} is not scheduled yet.` };
    }
    return { kind: 'open', stream };
  } catch (error) {
    const data = toAppErrorData(error);
    if (data.reason === 'NotFound') return { kind: 'gone', error: data };
    const words = data.detail ?? data.message;
    if (WAITING_WORDS.test(data.message) || WAITING_WORDS.test(words))
      return { kind: 'waiting', message: data.message };
    if (LATER.has(data.reason)) return { kind: 'failed', error: data };
    throw error instanceof AppError ? error : new AppError(data, { cause: error });
  }
}
