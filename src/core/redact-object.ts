import {
  isJsonList,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  toJsonText,
} from '../shared/manifest/json-value.ts';

const REDACTED = '[redacted]';

/** Carries the whole former object, env values included (kubectl apply writes it). */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * A copy of a Kubernetes object fit for the journal: every `env[].value`, every value of a probe's or hook's header, every value of `data` and `stringData`
 * of a Secret and kubectl's last-applied copy are replaced. managedFields are left out.
 */
export function redactObject(value: JsonValue): JsonValue {
  const isSecret = isJsonObject(value) && value['kind'] === 'Secret';
  return redact(value, isSecret);
}

/** Whether `redactObject` hides anything of a value that stands at this place of an object. */
export function mayHoldSecrets(place: readonly string[], value: JsonValue): boolean {
  if (place.some((step) => step === 'env' || step === 'httpHeaders' || step === LAST_APPLIED)) return true;
  return toJsonText(redactObject(value)) !== toJsonText(value);
}

function redact(value: JsonValue, isSecret: boolean): JsonValue {
  if (isJsonList(value)) return value.map((item) => redact(item, isSecret));
  if (!isJsonObject(value)) return value;
  const copy: Record<string, JsonValue> = {};
  for (const [key, item] of Object.entries(value)) {
    if (key === 'managedFields') continue;
    if (key === LAST_APPLIED) copy[key] = REDACTED;
    else if ((key === 'env' || key === 'httpHeaders') && isJsonList(item)) copy[key] = item.map(redactEnvEntry);
    else if (isSecret && (key === 'data' || key === 'stringData') && isJsonObject(item)) copy[key] = redactValues(item);
    else copy[key] = redact(item, isSecret);
  }
  return copy;
}

function redactEnvEntry(entry: JsonValue): JsonValue {
  return isJsonObject(entry) && 'value' in entry ? { ...entry, value: REDACTED } : entry;
}

function redactValues(record: JsonObject): JsonObject {
  return Object.fromEntries(Object.keys(record).map((key) => [key, REDACTED]));
}
