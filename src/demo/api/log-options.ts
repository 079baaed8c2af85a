import { type StatusCause, badRequest, invalid } from './status-error.ts';

/** v1.PodLogOptions, as far as they are answered. */
export interface LogOptions {
  readonly container?: string;
  readonly follow: boolean;
  readonly previous: boolean;
  readonly timestamps: boolean;
  readonly tailLines?: number;
  readonly sinceSeconds?: number;
  readonly sinceTimeMs?: number;
  readonly limitBytes?: number;
}

function flag(query: URLSearchParams, name: string): boolean {
  const text = query.get(name);
  return text !== null && !['false', '0', 'F', 'f', 'FALSE', 'False'].includes(text);
}

function integer(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null || text === '') return undefined;
  if (!/^-?[0-9]+$/.test(text)) throw badRequest(`strconv.ParseInt: parsing "${text}": invalid syntax`);
  return Number(text);
}

function problem(field: string, value: number | string, detail: string): StatusCause {
  return { reason: 'FieldValueInvalid', message: `Invalid value: ${JSON.stringify(value)}: ${detail}`, field };
}

/** What Go's time.RFC3339 takes: a date, a time and an offset. */
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:\d\d)$/;
const LAYOUT = '2006-01-02T15:04:05Z07:00';

/** Milliseconds of a time, or a refusal in the words of Go's time.Parse, as far as it tells a missing date from a missing time. */
function time(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null || text === '') return undefined;
  const parsed = TIME.test(text) ? Date.parse(text.replace(',', '.')) : Number.NaN;
  if (!Number.isNaN(parsed)) return parsed;
  const [rest, part] = /^\d{4}-\d\d-\d\d/.test(text) ? [text.slice(10), 'T'] : [text, '2006'];
  throw badRequest(`parsing time "${text}" as "${LAYOUT}": cannot parse "${rest}" as "${part}"`);
}

/**
 * Reads a log request's parameters (ValidatePodLogOptions, pkg/apis/core/validation/validation.go, 1.37, with PodLogsQuerySplitStreams off,
 * as it is by default).
 */
export function readLogOptions(query: URLSearchParams, podName: string): LogOptions {
  const tailLines = integer(query, 'tailLines');
  const sinceSeconds = integer(query, 'sinceSeconds');
  const limitBytes = integer(query, 'limitBytes');
  const sinceTimeMs = time(query, 'sinceTime');
  const causes: StatusCause[] = [];
  if (tailLines !== undefined && tailLines < 0) {
    causes.push(problem('tailLines', tailLines, 'must be greater than or equal to 0'));
  }
  if (limitBytes !== undefined && limitBytes < 1)
    causes.push(problem('limitBytes', limitBytes, 'must be greater than 0'));
  if (sinceSeconds !== undefined && sinceTimeMs !== undefined) {
    const message = 'Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified';
    causes.push({ reason: 'FieldValueForbidden', message, field: '[]' });
  } else if (sinceSeconds !== undefined && sinceSeconds < 1) {
    causes.push(problem('sinceSeconds', sinceSeconds, 'must be greater than 0'));
  }
  if (query.has('stream')) {
    causes.push({ reason: 'FieldValueForbidden', message: 'Forbidden: may not be specified', field: 'stream' });
  }
  if (causes.length > 0) throw invalid('PodLogOptions', '', podName, causes);
  const container = query.get('container');
  return {
    ...(container === null ? {} : { container }),
    follow: flag(query, 'follow'),
    previous: flag(query, 'previous'),
    timestamps: flag(query, 'timestamps'),
    ...(tailLines === undefined ? {} : { tailLines }),
    ...(sinceSeconds === undefined ? {} : { sinceSeconds }),
    // Only the second of sinceTime reaches the kubelet.
    ...(sinceTimeMs === undefined ? {} : { sinceTimeMs: Math.floor(sinceTimeMs / 1000) * 1000 }),
    ...(limitBytes === undefined ? {} : { limitBytes }),
  };
}
