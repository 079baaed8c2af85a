import { isJsonList, isJsonObject } from './json-value.ts';
import type { JsonObject, JsonValue } from './json-value.ts';
import type { ConcretePath } from './locate.ts';

/*
 * Edits of plain values: what an edited text must read as. Values are never changed in place. Paths are those that
 * `locate` found, so that a step that does not fit is a mistake of ours and throws.
 */

/** A missing last step is added: a key to a map, an index to a list that ends before it. */
export function setIn(root: JsonValue, path: ConcretePath, value: JsonValue): JsonValue {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (typeof step === 'number') {
    const items = listOf(root ?? []);
    return items.length === step
      ? [...items, setIn(null, rest, value)]
      : items.with(step, setIn(items[step] ?? null, rest, value));
  }
  const map = mapOf(root ?? {});
  return { ...map, [step]: setIn(Object.hasOwn(map, step) ? (map[step] ?? null) : null, rest, value) };
}

export function removeIn(root: JsonValue, path: ConcretePath): JsonValue {
  return atParent(root, path, (parent, step) => {
    if (typeof step === 'number') return listOf(parent).toSpliced(step, 1);
    return Object.fromEntries(Object.entries(mapOf(parent)).filter(([key]) => key !== step));
  });
}

/** At an index of the list at the path, which may be missing. */
export function insertIn(root: JsonValue, path: ConcretePath, index: number, value: JsonValue): JsonValue {
  return setIn(root, path, listOf(valueAt(root, path) ?? []).toSpliced(index, 0, value));
}

/** The item at the path gets the index `to`. */
export function moveIn(root: JsonValue, path: ConcretePath, to: number): JsonValue {
  return atParent(root, path, (parent, step) => {
    const items = listOf(parent);
    const from = Number(step);
    return items.toSpliced(from, 1).toSpliced(to, 0, items[from] ?? null);
  });
}

export function renameIn(root: JsonValue, path: ConcretePath, to: string): JsonValue {
  return atParent(root, path, (parent, step) =>
    Object.fromEntries(Object.entries(mapOf(parent)).map(([key, value]) => [key === step ? to : key, value])),
  );
}

/** What stands at a path; undefined where it does not lead. */
export function valueAt(root: JsonValue, path: ConcretePath): JsonValue | undefined {
  let value: JsonValue | undefined = root;
  for (const step of path) {
    if (typeof step === 'number') value = isJsonList(value) ? value[step] : undefined;
    else value = isJsonObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  }
  return value;
}

function atParent(
  root: JsonValue,
  path: ConcretePath,
  change: (parent: JsonValue, step: string | number) => JsonValue,
): JsonValue {
  const step = path.at(-1);
  if (step === undefined) throw new Error('the root has no parent');
  const parent = path.slice(0, -1);
  return setIn(root, parent, change(valueAt(root, parent) ?? null, step));
}

function listOf(value: JsonValue): readonly JsonValue[] {
  if (isJsonList(value)) return value;
  throw new Error('a list is expected');
}

function mapOf(value: JsonValue): JsonObject {
  if (isJsonObject(value)) return value;
  throw new Error('a map is expected');
}
