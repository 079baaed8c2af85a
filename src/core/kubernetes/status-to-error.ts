import { AppError } from '../../shared/errors/app-error.ts';
import type { AppErrorData, AppErrorReason, ErrorCause } from '../../shared/errors/app-error.ts';
import type { ObjectRef } from '../../shared/kubernetes/object.ts';
import { parseRetryAfter } from './retry-after.ts';

export type ResponseHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

export interface ErrorScope {
  readonly contextName: string;
  readonly ref?: ObjectRef;
  /** Milliseconds since 1970, to read a Retry-After that is a date. */
  readonly now?: number;
}

/** apimachinery pkg/apis/meta/v1/types.go (1.37): every StatusReason, as the closed list of AppError words it. */
const REASONS: ReadonlyMap<string, AppErrorReason> = new Map<string, AppErrorReason>([
  ['Unauthorized', 'Unauthorized'],
  ['Forbidden', 'Forbidden'],
  ['NotFound', 'NotFound'],
  ['AlreadyExists', 'AlreadyExists'],
  ['Conflict', 'Conflict'],
  ['Gone', 'Expired'],
  ['Expired', 'Expired'],
  ['Invalid', 'Invalid'],
  ['BadRequest', 'Invalid'],
  ['MethodNotAllowed', 'Invalid'],
  ['NotAcceptable', 'Invalid'],
  ['RequestEntityTooLarge', 'Invalid'],
  ['UnsupportedMediaType', 'Invalid'],
  ['ServerTimeout', 'Timeout'],
  ['Timeout', 'Timeout'],
  ['StoreReadError', 'InternalError'],
  ['InternalError', 'InternalError'],
  ['TooManyRequests', 'TooManyRequests'],
  ['ServiceUnavailable', 'ServiceUnavailable'],
]);

const RETRY: ReadonlySet<AppErrorReason> = new Set<AppErrorReason>([
  'TooManyRequests',
  'Timeout',
  'ServiceUnavailable',
  'InternalError',
  'Unreachable',
]);

/** What is kept of a body that is no Status: enough to recognise who answered. */
const LIMIT_EXCERPT = 300;

/** An answer that is no success, as the one error class. */
export function statusToError(status: number, body: Uint8Array, headers: ResponseHeaders, scope: ErrorScope): AppError {
  const text = new TextDecoder().decode(body.subarray(0, 1_000_000));
  const headerSeconds = parseRetryAfter(headerText(headers, 'retry-after'), serverTime(headers) ?? scope.now ?? 0);
  if (isWebPage(headers, text)) return webPageError(status, scope, headerSeconds);
  const parsed = readStatus(text);
  if (parsed) return statusObjectToError(parsed, status, scope, headerSeconds);
  return plainError(status, text, headers, scope, headerSeconds);
}

/** A `kind: Status` object, in a body or in a watch's ERROR event, as an error. Undefined when it is no Status. */
export function statusObjectToError(
  value: unknown,
  httpStatus: number,
  scope: ErrorScope,
  headerSeconds?: number,
): AppError {
  const status = isRecord(value) ? value : {};
  const code = typeof status['code'] === 'number' ? status['code'] : httpStatus;
  const reason = REASONS.get(String(status['reason'])) ?? reasonOfCode(code);
  const details = isRecord(status['details']) ? status['details'] : {};
  const seconds = typeof details['retryAfterSeconds'] === 'number' ? details['retryAfterSeconds'] : headerSeconds;
  const causes = readCauses(details['causes']);
  const words = typeof status['message'] === 'string' ? status['message'].trim() : '';
  return build(scope, reason, wordsOf(reason, code, words, scope), seconds, { causes, detail: words });
}

function wordsOf(reason: AppErrorReason, code: number, words: string, scope: ErrorScope): string {
  if (reason === 'Unauthorized')
    return `The API server does not accept the credentials of ${scope.contextName} (401 Unauthorized).`;
  if (words === '') return `The API server answered ${code}${statusText(code)} without a reason.`;
  return words;
}

function readStatus(text: string): Readonly<Record<string, unknown>> | undefined {
  if (!text.trimStart().startsWith('{')) return undefined;
  const value = parseJson(text);
  return isRecord(value) && value['kind'] === 'Status' ? value : undefined;
}

function readCauses(value: unknown): readonly ErrorCause[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isRecord).map((cause) => ({
    path: typeof cause['field'] === 'string' ? cause['field'] : '',
    message: String(cause['message'] ?? cause['reason'] ?? ''),
  }));
}

function webPageError(status: number, scope: ErrorScope, seconds: number | undefined): AppError {
  const reason = status >= 400 ? reasonOfCode(status) : 'Unreachable';
  const message = `The server answered ${status} with a web page, not the Kubernetes API: is there a login page or proxy before it?`;
  return build(scope, reason === 'NotFound' ? 'Unreachable' : reason, message, seconds, {});
}

function plainError(
  status: number,
  text: string,
  headers: ResponseHeaders,
  scope: ErrorScope,
  seconds: number | undefined,
): AppError {
  if (status >= 300 && status < 400) return redirectError(status, headers, scope);
  // Go's net/http answers this to plain HTTP on a TLS port.
  if (status === 400 && text.includes('HTTP request to an HTTPS server')) {
    return build(scope, 'Unreachable', 'The server speaks HTTPS, but the kubeconfig says http:// for it.', seconds, {
      retry: false,
    });
  }
  const reason = reasonOfCode(status);
  const words = excerpt(text);
  const message =
    reason === 'Unauthorized' || words === ''
      ? wordsOf(reason, status, '', scope)
      : `The API server answered ${status}${statusText(status)}: ${words}`;
  return build(scope, reason, message, seconds, words === '' ? {} : { detail: words });
}

function redirectError(status: number, headers: ResponseHeaders, scope: ErrorScope): AppError {
  const target = URL.parse(headerText(headers, 'location') ?? '');
  const where = target ? ` to ${target.origin}` : '';
  const message = `The server redirects${where} (${status}) instead of answering as the Kubernetes API: is there a login page before it?`;
  return build(scope, 'Unreachable', message, undefined, {});
}

interface More {
  readonly causes?: readonly ErrorCause[];
  readonly detail?: string;
  readonly retry?: boolean;
}

function build(
  scope: ErrorScope,
  reason: AppErrorReason,
  message: string,
  seconds: number | undefined,
  more: More,
): AppError {
  const data: AppErrorData = {
    reason,
    message,
    contextName: scope.contextName,
    retry: more.retry ?? (RETRY.has(reason) || seconds !== undefined),
    ...(scope.ref ? { ref: scope.ref } : {}),
    ...(more.causes && more.causes.length > 0 ? { causes: more.causes } : {}),
    ...(seconds === undefined ? {} : { retryAfterSeconds: seconds }),
    ...(more.detail && more.detail !== message ? { detail: more.detail } : {}),
  };
  return new AppError(data);
}

/** apimachinery pkg/api/errors/errors.go (1.37), NewGenericServerResponse: the reason of a bare HTTP status. */
export function reasonOfCode(code: number): AppErrorReason {
  switch (code) {
    case 401:
      return 'Unauthorized';
    case 403:
      return 'Forbidden';
    case 404:
      return 'NotFound';
    case 409:
      return 'Conflict';
    case 410:
      return 'Expired';
    case 429:
      return 'TooManyRequests';
    case 502:
    case 503:
      return 'ServiceUnavailable';
    case 504:
      return 'Timeout';
    default:
      return code >= 400 && code < 500 ? 'Invalid' : 'InternalError';
  }
}

/**
 * "Too large resource version": the version asked for is newer than any that the server has, as after etcd was restored from a backup.
 * client-go tools/cache/reflector.go (0.37), isTooLargeResourceVersionError: by its cause, or by its words from servers before 1.18.6.
 */
export function isResourceVersionTooLarge({ reason, message, causes = [] }: AppErrorData): boolean {
  if (reason !== 'Timeout') return false;
  return [message, ...causes.map((cause) => cause.message)].some((text) => text.includes('Too large resource version'));
}

/** A Retry-After that is a date was reckoned by the server's clock, whatever ours says. */
function serverTime(headers: ResponseHeaders): number | undefined {
  const time = Date.parse(headerText(headers, 'date') ?? '');
  return Number.isNaN(time) ? undefined : time;
}

/** Whether an answer is HTML: by its type, or by its first characters when it names none. */
export function isWebPage(headers: ResponseHeaders, text: string): boolean {
  const type = headerText(headers, 'content-type') ?? '';
  if (type.startsWith('text/html')) return true;
  return (type === '' || type.includes('json')) && /^\s*<(!doctype|html|head|body)/i.test(text.slice(0, 200));
}

export function headerText(headers: ResponseHeaders, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : value?.[0];
}

function excerpt(text: string): string {
  const line = text.replace(/\p{Cc}+/gu, ' ').trim();
  return line.length > LIMIT_EXCERPT ? `${line.slice(0, LIMIT_EXCERPT)}…` : line;
}

function statusText(code: number): string {
  const texts: Readonly<Record<number, string>> = {
    400: 'Bad Request',
    401: 'Unauthorized',
    403: 'Forbidden',
    404: 'Not Found',
    409: 'Conflict',
    410: 'Gone',
    429: 'Too Many Requests',
    500: 'Internal Server Error',
    502: 'Bad Gateway',
    503: 'Service Unavailable',
    504: 'Gateway Timeout',
  };
  const text = texts[code];
  return text === undefined ? '' : ` ${text}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A cut or foreign body: its text is shown instead.
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
