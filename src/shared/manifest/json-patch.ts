import { jsonEqual } from './json-equal.ts';
import { isJsonList, isJsonObject } from './json-value.ts';
import type { JsonObject, JsonValue } from './json-value.ts';

/** RFC 6902, as far as a save needs it. `path` is a JSON pointer (RFC 6901). */
export type JsonPatchOperation =
  | { readonly op: 'test' | 'add' | 'replace'; readonly path: string; readonly value: JsonValue }
  | { readonly op: 'remove'; readonly path: string };

/**
 * The patch from what was opened to what is to be stored: before each change a `test` of the old value there (null where
 * nothing was), so that the API server refuses it as a whole when somebody else has touched the same place, and takes it
 * whatever else was written meanwhile. List items are told by their `name`; a list whose items come, go or move is tested
 * and replaced as a whole.
 */
export function savePatch(before: JsonObject, after: JsonObject): readonly JsonPatchOperation[] {
  const operations: JsonPatchOperation[] = [];
  patchMap(before, after, '', operations);
  return operations;
}

/** Pointers of what a patch changes, in its order. */
export function changedPointers(operations: readonly JsonPatchOperation[]): readonly string[] {
  return operations.filter(({ op }) => op !== 'test').map(({ path }) => path);
}

/** The steps of a JSON pointer (RFC 6901). */
export function stepsOf(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** A pointer in the server's words: `/spec/template/spec/containers/0/image` is `spec.template.spec.containers[0].image`. */
export function fieldPathOf(pointer: string): string {
  return stepsOf(pointer)
    .map((part, index) => {
      if (/^\d+$/.test(part) || !/^[A-Za-z0-9]+$/.test(part)) return `[${part}]`;
      return index === 0 ? part : `.${part}`;
    })
    .join('');
}

/** What stands at a pointer; undefined where nothing does. */
export function valueAtPointer(root: JsonValue, pointer: string): JsonValue | undefined {
  return stepsOf(pointer).reduce<JsonValue | undefined>((value, part) => {
    if (isJsonList(value)) return value[Number(part)];
    return isJsonObject(value) && Object.hasOwn(value, part) ? value[part] : undefined;
  }, root);
}

function patchMap(before: JsonObject, after: JsonObject, path: string, operations: JsonPatchOperation[]): void {
  for (const key of Object.keys(before)) {
    if (Object.hasOwn(after, key)) continue;
    const at = `${path}/${escaped(key)}`;
    operations.push({ op: 'test', path: at, value: before[key] ?? null }, { op: 'remove', path: at });
  }
  for (const [key, value] of Object.entries(after)) {
    const at = `${path}/${escaped(key)}`;
    if (Object.hasOwn(before, key)) patchValue(before[key] ?? null, value, at, operations);
    else operations.push({ op: 'test', path: at, value: null }, { op: 'add', path: at, value });
  }
}

function patchValue(before: JsonValue, after: JsonValue, path: string, operations: JsonPatchOperation[]): void {
  if (jsonEqual(before, after)) return;
  if (isJsonObject(before) && isJsonObject(after)) {
    patchMap(before, after, path, operations);
    return;
  }
  if (isJsonList(before) && isJsonList(after) && haveSameItems(before, after)) {
    before.forEach((item, index) => patchItem(item, after[index] ?? null, `${path}/${index}`, operations));
    return;
  }
  operations.push({ op: 'test', path, value: before }, { op: 'replace', path, value: after });
}

/** An index means its item only while the item has its name there. */
function patchItem(before: JsonValue, after: JsonValue, path: string, operations: JsonPatchOperation[]): void {
  if (jsonEqual(before, after)) return;
  const name = nameOf(before);
  if (name !== undefined) operations.push({ op: 'test', path: `${path}/name`, value: name });
  patchValue(before, after, path, operations);
}

function haveSameItems(before: readonly JsonValue[], after: readonly JsonValue[]): boolean {
  if (before.length !== after.length) return false;
  const names = before.map(nameOf);
  if (names.includes(undefined) || new Set(names).size < names.length) return false;
  return after.every((item, index) => nameOf(item) === names[index]);
}

function nameOf(item: JsonValue): string | undefined {
  const name = isJsonObject(item) ? item['name'] : undefined;
  return typeof name === 'string' ? name : undefined;
}

function escaped(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
