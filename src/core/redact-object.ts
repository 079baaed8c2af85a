const REDACTED = '[redacted]';

/** Carries the whole former object, env values included (kubectl apply writes it). */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * A copy of a Kubernetes object fit for the journal: every `env[].value`, every value of a probe's or hook's header, every value of `data` and `stringData`
 * of a Secret and kubectl's last-applied copy are replaced. managedFields are left out.
 */
export function redactObject(value: unknown): unknown {
  const isSecret = isRecord(value) && value['kind'] === 'Secret';
  return redact(value, isSecret);
}

function redact(value: unknown, isSecret: boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => redact(item, isSecret));
  if (!isRecord(value)) return value;
  const copy: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    if (key === 'managedFields') continue;
    if (key === LAST_APPLIED) copy[key] = REDACTED;
    else if ((key === 'env' || key === 'httpHeaders') && Array.isArray(item)) copy[key] = item.map(redactEnvEntry);
    else if (isSecret && (key === 'data' || key === 'stringData') && isRecord(item)) copy[key] = redactValues(item);
    else copy[key] = redact(item, isSecret);
  }
  return copy;
}

function redactEnvEntry(entry: unknown): unknown {
  return isRecord(entry) && 'value' in entry ? { ...entry, value: REDACTED } : entry;
}

function redactValues(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.keys(record).map((key) => [key, REDACTED]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
