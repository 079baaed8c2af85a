import type { StatusCause } from '../api/status-error.ts';
import { type JsonObject, isJsonObject } from '../json.ts';
import { CONFIG_LIMIT_BYTES, bytesOf, validateImmutable, validateKeys } from './config-map.ts';
import { invalidValue, required, tooManyBytes } from './field-error.ts';
import { objectAt, stringMapAt, textAt } from './read.ts';

const ACCOUNT_NAME = 'kubernetes.io/service-account.name';

function needs(data: Readonly<Record<string, string>>, keys: readonly string[]): readonly StatusCause[] {
  return keys.filter((key) => !Object.hasOwn(data, key)).map((key) => required(`data[${key}]`));
}

/** A key whose value must be a JSON object; the server does not repeat what it is instead. */
function needsJson(data: Readonly<Record<string, string>>, key: string): readonly StatusCause[] {
  const missing = needs(data, [key]);
  if (missing.length > 0) return missing;
  const problem = jsonProblem(Buffer.from(data[key] ?? '', 'base64').toString('utf8'));
  return problem === undefined ? [] : [invalidValue(`data[${key}]`, '<secret contents redacted>', problem)];
}

function jsonProblem(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (isJsonObject(value) || value === null) return undefined;
    const kind = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
    return `json: cannot unmarshal ${kind} into Go value of type map[string]interface {}`;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    // Node's own words would repeat a part of the value.
    return text.trim() === '' ? 'unexpected end of JSON input' : 'invalid character in JSON text';
  }
}

function validateType(object: JsonObject): readonly StatusCause[] {
  const data = stringMapAt(object, 'data');
  switch (textAt(object, 'type')) {
    case 'kubernetes.io/service-account-token': {
      const account = stringMapAt(objectAt(object, 'metadata'), 'annotations')[ACCOUNT_NAME] ?? '';
      return account === '' ? [required(`metadata.annotations[${ACCOUNT_NAME}]`)] : [];
    }
    case 'kubernetes.io/dockercfg':
      return needsJson(data, '.dockercfg');
    case 'kubernetes.io/dockerconfigjson':
      return needsJson(data, '.dockerconfigjson');
    case 'kubernetes.io/basic-auth': {
      const missing = needs(data, ['username', 'password']);
      return missing.length === 2 ? missing : [];
    }
    case 'kubernetes.io/ssh-auth':
      return (data['ssh-privatekey'] ?? '') === '' ? [required('data[ssh-privatekey]')] : [];
    case 'kubernetes.io/tls':
      return needs(data, ['tls.crt', 'tls.key']);
    default:
      return [];
  }
}

/** ValidateSecret (pkg/apis/core/validation/validation.go, 1.37). */
export function validateSecret(object: JsonObject): readonly StatusCause[] {
  const tooLarge = bytesOf(object, 'data') > CONFIG_LIMIT_BYTES;
  return [
    ...validateKeys(object, 'data'),
    ...(tooLarge ? [tooManyBytes('data', CONFIG_LIMIT_BYTES)] : []),
    ...validateType(object),
  ];
}

/** ValidateSecretUpdate. */
export function validateSecretUpdate(next: JsonObject, current: JsonObject): readonly StatusCause[] {
  const [type, before] = [textAt(next, 'type'), textAt(current, 'type')];
  return [
    ...(type === before ? [] : [invalidValue('type', type, 'field is immutable')]),
    ...validateImmutable(next, current, ['data']),
    ...validateSecret(next),
  ];
}
