import { jsonEqual } from './json-equal.ts';
import { isJsonList, isJsonObject } from './json-value.ts';
import type { JsonObject, JsonValue } from './json-value.ts';
import type { ConcretePath } from './locate.ts';
import type { ManifestEdit } from './manifest-edit.ts';

/**
 * Edits that lead from one value to another, one after the other, each as small as it can be: what is the same on both
 * sides is not touched. Items of a list are told apart by the field that names them, else by their place.
 */
export function editsFor(from: JsonValue, to: JsonValue, path: ConcretePath = []): readonly ManifestEdit[] {
  if (jsonEqual(from, to)) return [];
  if (isJsonObject(from) && isJsonObject(to) && hasMembers(from) && hasMembers(to)) return mapEdits(from, to, path);
  if (isJsonList(from) && isJsonList(to) && from.length > 0 && to.length > 0) return listEdits(from, to, path);
  return [{ op: 'set', path, value: to }];
}

function hasMembers(map: JsonObject): boolean {
  return Object.keys(map).length > 0;
}

/** What is new comes before what goes, so that the map never is empty on the way. */
function mapEdits(from: JsonObject, to: JsonObject, path: ConcretePath): readonly ManifestEdit[] {
  const written = Object.entries(to).flatMap(([key, value]): readonly ManifestEdit[] => {
    const at = [...path, key];
    return Object.hasOwn(from, key) ? editsFor(from[key] ?? null, value, at) : [{ op: 'set', path: at, value }];
  });
  const gone = Object.keys(from).filter((key) => !Object.hasOwn(to, key));
  return [...written, ...gone.map((key): ManifestEdit => ({ op: 'remove', path: [...path, key] }))];
}

function listEdits(from: readonly JsonValue[], to: readonly JsonValue[], path: ConcretePath): readonly ManifestEdit[] {
  const name = namingField(from, to);
  return name === undefined ? placeEdits(from, to, path) : namedEdits(from, to, path, name);
}

type Naming = (item: JsonValue) => string | undefined;

/** Fields that name an item in the lists of a pod template; the first that all items have, and no two alike, is taken. */
const NAMING_FIELDS = ['name', 'mountPath', 'devicePath', 'containerPort', 'key', 'ip', 'path', 'topologyKey'];

function namingField(from: readonly JsonValue[], to: readonly JsonValue[]): Naming | undefined {
  const namings: readonly Naming[] = [
    (item) => (typeof item === 'object' ? undefined : `${typeof item} ${item}`),
    ...NAMING_FIELDS.map(fieldNaming),
  ];
  return namings.find((naming) => namesAll(from, naming) && namesAll(to, naming));
}

function fieldNaming(field: string): Naming {
  return (item) => {
    const value = isJsonObject(item) && Object.hasOwn(item, field) ? item[field] : undefined;
    return typeof value === 'string' || typeof value === 'number' ? `${typeof value} ${value}` : undefined;
  };
}

function namesAll(items: readonly JsonValue[], naming: Naming): boolean {
  const names = new Set(items.map(naming));
  return names.size === items.length && !names.has(undefined);
}

/** First what is new and what moved, from the first place to the last; then what goes is all behind it. */
function namedEdits(
  from: readonly JsonValue[],
  to: readonly JsonValue[],
  path: ConcretePath,
  naming: Naming,
): readonly ManifestEdit[] {
  const edits: ManifestEdit[] = [];
  const kept = new Set(to.map(naming));
  let items = from;
  for (let index = from.length - 1; index >= 0; index -= 1) {
    const isLast = items.length === 1;
    if (isLast || kept.has(naming(items[index] ?? null))) continue;
    edits.push({ op: 'remove', path: [...path, index] });
    items = items.toSpliced(index, 1);
  }
  for (const [index, item] of to.entries()) {
    const at = items.findIndex((each) => naming(each) === naming(item));
    if (at === -1) {
      edits.push({ op: 'insert', path, at: index, value: item });
      items = items.toSpliced(index, 0, item);
      continue;
    }
    const old = items[at] ?? null;
    if (at !== index) edits.push({ op: 'move', path: [...path, at], to: index });
    items = items.toSpliced(at, 1).toSpliced(index, 0, old);
    edits.push(...editsFor(old, item, [...path, index]));
  }
  for (let index = items.length - 1; index >= to.length; index -= 1)
    edits.push({ op: 'remove', path: [...path, index] });
  return edits;
}

/** What is the same at both ends stays; of what is between, items change by pairs, and the rest comes or goes. */
function placeEdits(from: readonly JsonValue[], to: readonly JsonValue[], path: ConcretePath): readonly ManifestEdit[] {
  const shorter = Math.min(from.length, to.length);
  let head = 0;
  while (head < shorter && jsonEqual(from[head] ?? null, to[head] ?? null)) head += 1;
  let tail = 0;
  while (tail < shorter - head && jsonEqual(from.at(-1 - tail) ?? null, to.at(-1 - tail) ?? null)) tail += 1;
  const pairs = shorter - head - tail;
  const changed = Array.from({ length: pairs }, (_, each) =>
    editsFor(from[head + each] ?? null, to[head + each] ?? null, [...path, head + each]),
  ).flat();
  const gone = Array.from({ length: from.length - tail - head - pairs }, (): ManifestEdit => {
    return { op: 'remove', path: [...path, head + pairs] };
  });
  const added = to.slice(head + pairs, to.length - tail).map((value, each): ManifestEdit => {
    return { op: 'insert', path, at: head + pairs + each, value };
  });
  return [...changed, ...gone, ...added];
}
