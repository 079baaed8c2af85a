const REDACTED = '[redacted]';
/** A shorter value is replaced only where it stands in quotes: "1" is in every message. */
const SHORT = 4;
const QUOTED_ENV = /(\b(?:env\[\d+\]|httpHeaders\[\d+\])\.value: [A-Za-z ]+: )"(?:[^"\\]|\\.)*"/g;

/**
 * A server's message fit for the journal: values of environment variables and of headers in these objects, and what the server quotes
 * as the value of one (`env[0].value: Invalid value: "…"`), are replaced.
 */
export function redactMessage(message: string, ...objects: readonly unknown[]): string {
  const values = new Set(objects.flatMap(hiddenValues));
  const longestFirst = [...values].filter((value) => value !== '').toSorted((a, b) => b.length - a.length);
  const known = longestFirst.reduce(withoutValue, message);
  return known.replaceAll(QUOTED_ENV, `$1"${REDACTED}"`);
}

function withoutValue(message: string, value: string): string {
  const quoted = JSON.stringify(value);
  const left = message.replaceAll(quoted, `"${REDACTED}"`);
  return value.length < SHORT ? left : left.replaceAll(value, REDACTED).replaceAll(quoted.slice(1, -1), REDACTED);
}

function hiddenValues(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(hiddenValues);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    (key === 'env' || key === 'httpHeaders') && Array.isArray(item) ? item.flatMap(valueOf) : hiddenValues(item),
  );
}

function valueOf(entry: unknown): readonly string[] {
  if (typeof entry !== 'object' || entry === null || !('value' in entry)) return [];
  return typeof entry.value === 'string' ? [entry.value] : [];
}
