import { assertNever } from '../assert-never.ts';
import { formatQuantity, parseQuantity } from '../../shared/kubernetes/quantity.ts';
import { type Json, type JsonObject, isJsonArray, isJsonObject } from '../json.ts';
import { API_TYPES } from './api-types.ts';
import { type FieldType, parseFieldType } from './field-type.ts';

/** A value that its type cannot hold; the API answers 400 with these words. */
export class DecodeError extends Error {}

export interface Decoded {
  readonly value: JsonObject;
  /** Paths of fields that the type does not have (`spec.template.spec.containers[0].foo`); the value is without them. */
  readonly unknown: readonly string[];
}

const INT64 = 2 ** 63;

function goKind(value: Json): string {
  if (isJsonArray(value)) return 'array';
  if (isJsonObject(value)) return 'object';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

class Decoder {
  readonly unknown: string[] = [];
  readonly #kind: string;

  constructor(kind: string) {
    this.#kind = kind;
  }

  #fail(value: Json, path: string, goType: string): never {
    const field = path === '' ? this.#kind : `${this.#kind}.${path.replaceAll(/\[[^\]]*\]/g, '')}`;
    throw new DecodeError(`json: cannot unmarshal ${goKind(value)} into Go struct field ${field} of type ${goType}`);
  }

  object(value: Json, typeName: string, path: string): JsonObject {
    if (!isJsonObject(value)) return this.#fail(value, path, `v1.${typeName}`);
    const fields = API_TYPES[typeName] ?? {};
    const result: Record<string, Json> = {};
    for (const [name, member] of Object.entries(value)) {
      const memberPath = path === '' ? name : `${path}.${name}`;
      const text = Object.hasOwn(fields, name) ? fields[name] : undefined;
      if (text === undefined) this.unknown.push(memberPath);
      else if (member !== null && member !== undefined) {
        const decoded = this.#field(member, parseFieldType(text), memberPath);
        if (decoded !== undefined) result[name] = decoded;
      }
    }
    return result;
  }

  /** Undefined for an empty list or map: the API does not tell it from an absent one. */
  #field(value: Json, type: FieldType, path: string): Json | undefined {
    switch (type.shape) {
      case 'list':
        if (!isJsonArray(value)) return this.#fail(value, path, `[]${type.item}`);
        if (value.length === 0) return undefined;
        return value.map((item, index) => this.#scalar(item, type.item, `${path}[${index}]`));
      case 'map': {
        if (!isJsonObject(value)) return this.#fail(value, path, `map[string]${type.item}`);
        const entries = Object.entries(value);
        if (entries.length === 0) return undefined;
        return Object.fromEntries(
          entries.map(([key, item]) => [key, this.#scalar(item ?? null, type.item, `${path}[${key}]`)]),
        );
      }
      case 'single':
        return this.#scalar(value, type.item, path);
      default:
        return assertNever(type.shape);
    }
  }

  #scalar(value: Json, type: string, path: string): Json {
    switch (type) {
      case 'any':
        return value;
      case 'string':
      case 'time':
        if (value === null) return '';
        return typeof value === 'string' ? value : this.#fail(value, path, 'string');
      case 'boolean':
        return typeof value === 'boolean' ? value : this.#fail(value, path, 'bool');
      case 'int':
        return typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < INT64
          ? value
          : this.#fail(value, path, 'int64');
      case 'number':
        return typeof value === 'number' ? value : this.#fail(value, path, 'float64');
      case 'intOrString':
        return typeof value === 'number' || typeof value === 'string'
          ? value
          : this.#fail(value, path, 'intstr.IntOrString');
      case 'quantity':
        return this.#quantity(value);
      default:
        return this.object(value, type, path);
    }
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
  const decoder = new Decoder(kind);
  const decoded = decoder.object(value, kind, '');
  return { value: decoded, unknown: decoder.unknown };
}
