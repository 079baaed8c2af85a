/** Narrowing of parsed JSON: what is missing or of another shape reads as absent, so an odd object never throws. */
export type JsonObject = Readonly<Record<string, unknown>>;

const EMPTY: JsonObject = Object.freeze({});
const NONE: readonly JsonObject[] = Object.freeze([]);

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An own field, so that "constructor" of an empty object is absent. */
export function field(object: JsonObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

export function objectAt(object: JsonObject, key: string): JsonObject {
  const value = field(object, key);
  return isObject(value) ? value : EMPTY;
}

export function asObject(value: unknown): JsonObject {
  return isObject(value) ? value : EMPTY;
}

/** The objects of a list; entries of another shape are left out. */
export function objectsAt(object: JsonObject, key: string): readonly JsonObject[] {
  return records(field(object, key));
}

/** A non-empty string, or undefined: the API omits empty strings. */
export function textAt(object: JsonObject, key: string): string | undefined {
  const value = field(object, key);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A finite number, else 0, as Go's zero value. */
export function numberAt(object: JsonObject, key: string): number {
  const value = field(object, key);
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}

export function flagAt(object: JsonObject, key: string): boolean {
  return field(object, key) === true;
}

/** A map of strings (labels, annotations, a node selector); values that are no strings are left out. */
export function stringMapAt(object: JsonObject, key: string): Readonly<Record<string, string>> {
  const entries = Object.entries(objectAt(object, key));
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

/** `{ [key]: value }`, or nothing when the value is absent: for optional fields of rows. */
export function optional<Key extends string, Value>(
  key: Key,
  value: Value | undefined,
): { readonly [P in Key]?: Value } {
  if (value === undefined) return {};
  const result: { [P in Key]?: Value } = {};
  result[key] = value;
  return result;
}

/** The value at a path of keys, or undefined. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((here, key) => (isObject(here) ? field(here, key) : undefined), value);
}

/** The objects of what should be a list. */
export function records(value: unknown): readonly JsonObject[] {
  if (!Array.isArray(value)) return NONE;
  // Asked several times of every object of every page: a copy is made only where something is left out.
  return value.every(isObject) ? value : value.filter(isObject);
}

/** What should be a string; '' for anything else. */
export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function wholeNumber(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) ? value : undefined;
}
