import { type Json, type JsonObject, isJsonArray, isJsonObject } from '../json.ts';

/** Reading decoded JSON: its types were checked by the schema, so what is absent is all that has to be asked. */
export function objectAt(object: JsonObject | undefined, name: string): JsonObject | undefined {
  const value = object?.[name];
  return isJsonObject(value) ? value : undefined;
}

export function objectsAt(object: JsonObject | undefined, name: string): readonly JsonObject[] {
  const value = object?.[name];
  return isJsonArray(value) ? value.filter(isJsonObject) : [];
}

export function textAt(object: JsonObject | undefined, name: string): string {
  const value = object?.[name];
  return typeof value === 'string' ? value : '';
}

export function numberAt(object: JsonObject | undefined, name: string): number | undefined {
  const value = object?.[name];
  return typeof value === 'number' ? value : undefined;
}

export function textsAt(object: JsonObject | undefined, name: string): readonly string[] {
  const value = object?.[name];
  return isJsonArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

export function stringMapAt(object: JsonObject | undefined, name: string): Readonly<Record<string, string>> {
  const entries = Object.entries(objectAt(object, name) ?? {});
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

export function has(object: JsonObject | undefined, name: string): boolean {
  const value: Json | undefined = object?.[name];
  return value !== undefined && value !== null;
}
