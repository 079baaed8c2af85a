import type { StatusCause } from '../api/status-error.ts';
import { type JsonObject, semanticEqual } from '../json.ts';
import { forbidden, invalidValue, tooManyBytes } from './field-error.ts';
import { configKeyProblems } from './names.ts';
import { stringMapAt } from './read.ts';

/** core.MaxSecretSize, which is a ConfigMap's limit too: of all values together. */
export const CONFIG_LIMIT_BYTES = 1024 * 1024;

/** What is wrong with the keys of `data` or `binaryData`. */
export function validateKeys(object: JsonObject, field: string): readonly StatusCause[] {
  return Object.keys(stringMapAt(object, field)).flatMap((key) =>
    configKeyProblems(key).map((problem) => invalidValue(`${field}[${key}]`, key, problem)),
  );
}

/** The bytes that values in base64 stand for. */
export function bytesOf(object: JsonObject, field: string): number {
  return Object.values(stringMapAt(object, field)).reduce((sum, text) => sum + Buffer.byteLength(text, 'base64'), 0);
}

/** ValidateConfigMap (pkg/apis/core/validation/validation.go, 1.37). */
export function validateConfigMap(object: JsonObject): readonly StatusCause[] {
  const data = stringMapAt(object, 'data');
  const binary = stringMapAt(object, 'binaryData');
  const twice = Object.keys(data).filter((key) => Object.hasOwn(binary, key));
  const texts = Object.values(data).reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  const size = texts + bytesOf(object, 'binaryData');
  return [
    ...validateKeys(object, 'data'),
    ...twice.map((key) => invalidValue(`data[${key}]`, key, 'duplicate of key present in binaryData')),
    ...validateKeys(object, 'binaryData'),
    // The server's path of the whole object.
    ...(size > CONFIG_LIMIT_BYTES ? [tooManyBytes('[]', CONFIG_LIMIT_BYTES)] : []),
  ];
}

/** What an object that was declared immutable may no longer change. */
export function validateImmutable(
  next: JsonObject,
  current: JsonObject,
  fields: readonly string[],
): readonly StatusCause[] {
  if (current['immutable'] !== true) return [];
  const changed = fields.filter((field) => !semanticEqual(next[field], current[field]));
  const freed = next['immutable'] === true ? [] : ['immutable'];
  return [...freed, ...changed].map((field) => forbidden(field, 'field is immutable when `immutable` is set'));
}

/** ValidateConfigMapUpdate. */
export function validateConfigMapUpdate(next: JsonObject, current: JsonObject): readonly StatusCause[] {
  return [...validateImmutable(next, current, ['data', 'binaryData']), ...validateConfigMap(next)];
}
