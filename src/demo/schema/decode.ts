import { assertNever } from '../assert-never.ts';
import { formatQuantity, parseQuantity } from '../../shared/kubernetes/quantity.ts';
import { type Json, type JsonObject, isJsonArray, isJsonObject } from '../json.ts';
import { API_TYPES } from './api-types.ts';
import { base64Fault } from './base64.ts';
import { type FieldType, parseFieldType } from './field-type.ts';

/** A value that its type cannot hold; the API answers 400 with these words. */
export class DecodeError extends Error {}

export interface Decoded {
  readonly value: JsonObject;
  /** Paths of fields that the type does not have (`spec.template.spec.containers[0].foo`); the value is without them. */
  readonly unknown: readonly string[];
}

/** Where a value stands: its path, and the Go struct that has the field. */
interface Place {
  readonly path: string;
  readonly owner: string;
}

const INT_LIMITS: Readonly<Record<'int32' | 'int64', number>> = { int32: 2 ** 31, int64: 2 ** 63 };

function goKind(value: Json): string {
  if (isJsonArray(value)) return 'array';
  if (isJsonObject(value)) return 'object';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

/** In the words of Go's encoding/json, which names a field by its struct and its path without indices. */
function fail(value: Json, { path, owner }: Place, goType: string): never {
  const field = path === '' ? owner : `${owner}.${path.replaceAll(/\[[^\]]*\]/g, '')}`;
  throw new DecodeError(`json: cannot unmarshal ${goKind(value)} into Go struct field ${field} of type ${goType}`);
}

class Decoder {
  readonly unknown: string[] = [];

  object(value: Json, typeName: string, place: Place): JsonObject {
    if (!isJsonObject(value)) return fail(value, place, `v1.${typeName}`);
    const fields = API_TYPES[typeName] ?? {};
    const result: Record<string, Json> = {};
    for (const [name, member] of Object.entries(value)) {
      const path = place.path === '' ? name : `${place.path}.${name}`;
      const text = Object.hasOwn(fields, name) ? fields[name] : undefined;
      if (text === undefined) this.unknown.push(path);
      else if (member !== null && member !== undefined) {
        const decoded = this.#field(member, parseFieldType(text), { path, owner: typeName });
        if (decoded !== undefined) result[name] = decoded;
      }
    }
    // The one empty string that people write and the API leaves out (omitempty).
    if (typeName === 'EnvVar' && result['value'] === '') delete result['value'];
    return result;
  }

  /** Undefined for an empty list or map: the API does not tell it from an absent one. */
  #field(value: Json, type: FieldType, place: Place): Json | undefined {
    const { path, owner } = place;
    switch (type.shape) {
      case 'list':
        if (!isJsonArray(value)) return fail(value, place, `[]${type.item}`);
        if (value.length === 0) return undefined;
        return value.map((item, index) => this.#scalar(item, type.item, { path: `${path}[${index}]`, owner }));
      case 'map': {
        if (!isJsonObject(value)) return fail(value, place, `map[string]${type.item}`);
        const entries = Object.entries(value);
        if (entries.length === 0) return undefined;
        return Object.fromEntries(
          entries.map(([key, item]) => [
            key,
            this.#scalar(item ?? null, type.item, { path: `${path}[${key}]`, owner }),
          ]),
        );
      }
      case 'single':
        return this.#scalar(value, type.item, place);
      default:
        return assertNever(type.shape);
    }
  }

  #scalar(value: Json, type: string, place: Place): Json {
    switch (type) {
      case 'any':
        return value;
      case 'string':
      case 'time':
        if (value === null) return '';
        return typeof value === 'string' ? value : fail(value, place, 'string');
      case 'bytes':
        if (value === null) return '';
        return typeof value === 'string' ? this.#bytes(value) : fail(value, place, '[]uint8');
      case 'boolean':
        return typeof value === 'boolean' ? value : fail(value, place, 'bool');
      case 'int32':
      case 'int64':
        return typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < INT_LIMITS[type]
          ? value
          : fail(value, place, type);
      case 'number':
        return typeof value === 'number' ? value : fail(value, place, 'float64');
      case 'intOrString':
        return typeof value === 'number' || typeof value === 'string'
          ? value
          : fail(value, place, 'intstr.IntOrString');
      case 'quantity':
        return this.#quantity(value);
      default:
        return this.object(value, type, place);
    }
  }

  /** Bytes in base64, written as the API writes them. */
  #bytes(text: string): string {
    const fault = base64Fault(text);
    if (fault !== undefined) throw new DecodeError(`illegal base64 data at input byte ${fault}`);
    return Buffer.from(text, 'base64').toString('base64');
  }

  #quantity(value: Json): string {
    const parsed =
      typeof value === 'string' || typeof value === 'number' ? parseQuantity(String(value).trim()) : undefined;
    if (parsed === undefined) {
      throw new DecodeError(
        "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
      );
    }
    return formatQuantity(parsed);
  }
}

/**
 * Reads JSON as one of the API's types: what the type does not have is left out and named, nulls and empty lists and maps are absent,
 * quantities are canonical. Throws DecodeError for a value of the wrong kind.
 */
export function decodeAs(kind: string, value: Json): Decoded {
  const decoder = new Decoder();
  const decoded = decoder.object(value, kind, { path: '', owner: kind });
  return { value: decoded, unknown: decoder.unknown };
}
