/** When a line was written, exact to the nanosecond. `length` is that of the text, without the space after it. */
export interface LogTimestamp {
  /** Seconds since 1970. */
  readonly seconds: number;
  readonly nanos: number;
  readonly length: number;
}

/** "2026-01-01T00:00:00.123456789+02:00" and the space after it. */
export const TIMESTAMP_LIMIT_BYTES = 36;

const ZERO = 0x30;
const NINE = 0x39;

function digits(bytes: Uint8Array, start: number, count: number): number {
  let value = 0;
  for (let i = start; i < start + count; i++) {
    const byte = bytes[i] ?? 0;
    if (byte < ZERO || byte > NINE) return Number.NaN;
    value = value * 10 + byte - ZERO;
  }
  return value;
}

function isAt(bytes: Uint8Array, index: number, character: string): boolean {
  return bytes[index] === character.charCodeAt(0);
}

function fraction(bytes: Uint8Array, start: number): { readonly nanos: number; readonly end: number } {
  let end = start;
  let nanos = 0;
  for (; end < start + 9; end++) {
    const byte = bytes[end] ?? 0;
    if (byte < ZERO || byte > NINE) break;
    nanos = nanos * 10 + byte - ZERO;
  }
  return { nanos: nanos * 10 ** (9 - (end - start)), end };
}

/** Seconds east of UTC, and where the zone ends; undefined for what is no zone. */
function zone(bytes: Uint8Array, start: number): { readonly offset: number; readonly end: number } | undefined {
  if (isAt(bytes, start, 'Z')) return { offset: 0, end: start + 1 };
  const sign = isAt(bytes, start, '+') ? 1 : isAt(bytes, start, '-') ? -1 : 0;
  const offset = digits(bytes, start + 1, 2) * 3600 + digits(bytes, start + 4, 2) * 60;
  if (sign === 0 || Number.isNaN(offset) || !isAt(bytes, start + 3, ':')) return undefined;
  return { offset: sign * offset, end: start + 6 };
}

/**
 * The timestamp that `timestamps=true` puts before a line (RFC 3339 with up to nine digits of a second, kubelet pkg/kubelet/kuberuntime/logs);
 * undefined when the line begins with none, as the kubelet's own complaints do.
 */
export function parseLogTimestamp(line: Uint8Array): LogTimestamp | undefined {
  if (
    !isAt(line, 4, '-') ||
    !isAt(line, 7, '-') ||
    !isAt(line, 10, 'T') ||
    !isAt(line, 13, ':') ||
    !isAt(line, 16, ':')
  ) {
    return undefined;
  }
  const day = Date.UTC(digits(line, 0, 4), digits(line, 5, 2) - 1, digits(line, 8, 2));
  const time = digits(line, 11, 2) * 3600 + digits(line, 14, 2) * 60 + digits(line, 17, 2);
  const { nanos, end } = isAt(line, 19, '.') ? fraction(line, 20) : { nanos: 0, end: 19 };
  const where = zone(line, end);
  const seconds = day / 1000 + time - (where?.offset ?? 0);
  if (where === undefined || Number.isNaN(seconds) || !isAt(line, where.end, ' ')) return undefined;
  return { seconds, nanos, length: where.end };
}

/** Below zero when `a` is earlier. */
export function compareTimestamps(a: LogTimestamp, b: LogTimestamp): number {
  return a.seconds - b.seconds || a.nanos - b.nanos;
}
