import type { ErrorCause } from '../errors/app-error.ts';

const FIELD_FINDING = /(unknown|duplicate) field "((?:[^"\\]|\\.)*)"/g;
const WRONG_TYPE = /cannot unmarshal (\w+)(?: [^ ]+)? into Go struct field \w+\.([\w.]+) of type ([\w.*[\]]+)/;

/**
 * The fields that a 400 names in its message alone: a Status of a decoding error has no causes.
 * Strict decoding (apimachinery pkg/runtime/error.go, strictDecodingError, 1.37) lists `unknown field "spec.x"` and `duplicate field "…"`;
 * encoding/json names `Go struct field DaemonSet.spec.template… of type int32`, without list
 * positions; of a number that is out of range also its digits.
 */
export function decodingCauses(message: string): readonly ErrorCause[] {
  const causes: ErrorCause[] = [];
  for (const [, kind, path = ''] of message.matchAll(FIELD_FINDING)) {
    causes.push({ path, message: kind === 'unknown' ? 'unknown field' : 'the field is there twice' });
  }
  const wrong = WRONG_TYPE.exec(message);
  if (wrong) {
    const [, found = '', path = '', wanted = ''] = wrong;
    causes.push({
      path,
      message: `${/^[aeiou]/.test(found) ? 'an' : 'a'} ${found} stands where ${goTypeWords(wanted)} is wanted`,
    });
  }
  return causes;
}

function goTypeWords(type: string): string {
  if (/^u?int\d*$/.test(type)) return 'a whole number';
  if (type === 'string') return 'a string';
  if (type === 'bool') return 'true or false';
  if (type.startsWith('[]')) return 'a list';
  if (type.startsWith('map[')) return 'a map';
  return `an object (${type})`;
}
