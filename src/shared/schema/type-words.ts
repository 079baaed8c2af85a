import { assertNever } from '../errors/assert-never.ts';
import type { ValueSchema } from './api-schema.ts';

/** "a whole number": what a field wants, in the words of decoding-causes.ts, so that page and server say the same. */
export function typeWords(schema: ValueSchema): string {
  switch (schema.type) {
    case 'string':
    case 'time':
      return 'a string';
    case 'integer':
      return 'a whole number';
    case 'number':
      return 'a number';
    case 'boolean':
      return 'true or false';
    case 'intOrString':
      return 'a whole number or a string';
    case 'quantity':
      return 'a quantity';
    case 'array':
      return 'a list';
    case 'map':
      return 'a map';
    case 'object':
      return `an object (${schema.ref})`;
    case 'any':
      return 'anything';
    default:
      return assertNever(schema);
  }
}

/** "a string": what stands there, as encoding/json names it. */
export function valueWords(value: unknown): string {
  if (Array.isArray(value)) return 'an array';
  switch (typeof value) {
    case 'object':
      return 'an object';
    case 'boolean':
      return 'a bool';
    case 'number':
    case 'bigint':
      return 'a number';
    default:
      return 'a string';
  }
}
