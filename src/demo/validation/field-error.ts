import type { StatusCause } from '../api/status-error.ts';

/** The findings of validation, in the words of apimachinery's pkg/util/validation/field (0.37). */
function cause(reason: string, field: string, message: string): StatusCause {
  return { reason, message, field };
}

function withDetail(text: string, detail: string): string {
  return detail === '' ? text : `${text}: ${detail}`;
}

function shown(value: unknown): string {
  return JSON.stringify(value) ?? 'null';
}

export function required(field: string, detail = ''): StatusCause {
  return cause('FieldValueRequired', field, withDetail('Required value', detail));
}

export function invalidValue(field: string, value: unknown, detail: string): StatusCause {
  return cause('FieldValueInvalid', field, withDetail(`Invalid value: ${shown(value)}`, detail));
}

export function duplicate(field: string, value: unknown): StatusCause {
  return cause('FieldValueDuplicate', field, `Duplicate value: ${shown(value)}`);
}

export function forbidden(field: string, detail: string): StatusCause {
  return cause('FieldValueForbidden', field, withDetail('Forbidden', detail));
}

export function notSupported(field: string, value: unknown, supported: readonly string[]): StatusCause {
  const list = supported.map((entry) => JSON.stringify(entry)).join(', ');
  return cause('FieldValueNotSupported', field, `Unsupported value: ${shown(value)}: supported values: ${list}`);
}

export function notFoundValue(field: string, value: unknown): StatusCause {
  return cause('FieldValueNotFound', field, `Not found: ${shown(value)}`);
}

export function tooManyBytes(field: string, limit: number): StatusCause {
  return cause('FieldValueTooLong', field, `Too long: may not be more than ${limit} bytes`);
}
