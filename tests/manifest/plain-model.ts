import type { JsonValue } from '../../src/shared/manifest/json-value.ts';
import type { ManifestEdit, TransferEdit } from '../../src/shared/manifest/manifest-edit.ts';
import type { ManifestPath, ManifestStep } from '../../src/shared/manifest/manifest-path.ts';

/*
 * What edits do to a plain value, written as plainly as can be and on its own: copies are changed in place. Values are
 * compared with the text's by `comparable`, since a Map keeps the keys that an object would sort or lose.
 */
export type Model = null | boolean | number | bigint | string | Model[] | Map<string, Model>;

export function modelOf(value: JsonValue): Model {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map(modelOf);
  return new Map(Object.entries(value).map(([key, member]) => [key, modelOf(member)]));
}

/** Keys sorted, numbers by their digits. */
export function comparable(model: Model): string {
  if (Array.isArray(model)) return `[${model.map(comparable).join(',')}]`;
  if (model instanceof Map) {
    const members = [...model].map(([key, member]) => `${JSON.stringify(key)}:${comparable(member)}`);
    return `{${members.toSorted().join(',')}}`;
  }
  if (typeof model === 'number' && Number.isInteger(model)) return BigInt(model).toString();
  return typeof model === 'bigint' ? model.toString() : JSON.stringify(model);
}

/** The root after the edit; the given one may be changed. */
export function editModel(root: Model, edit: ManifestEdit): Model {
  const holder: Model[] = [root];
  const path: ManifestPath = [0, ...edit.path];
  switch (edit.op) {
    case 'set':
      write(holder, path, modelOf(edit.value));
      break;
    case 'remove':
      remove(holder, path, edit.pruneEmpty ?? 0);
      break;
    case 'insert': {
      const list = read(holder, path);
      if (Array.isArray(list)) list.splice(edit.at === 'end' ? list.length : edit.at, 0, modelOf(edit.value));
      else write(holder, path, [modelOf(edit.value)]);
      break;
    }
    case 'move': {
      const list = read(holder, path.slice(0, -1)) as Model[];
      const [item] = list.splice(Number(indexIn(list, path.at(-1) ?? 0)), 1);
      list.splice(edit.to, 0, item ?? null);
      break;
    }
    case 'transfer':
      transfer(holder, edit, path);
      break;
    case 'rename': {
      const map = read(holder, path.slice(0, -1)) as Map<string, Model>;
      const members = [...map].map(([key, value]): [string, Model] => [key === path.at(-1) ? edit.to : key, value]);
      map.clear();
      for (const [key, value] of members) map.set(key, value);
      break;
    }
  }
  return holder[0] ?? null;
}

/** First there, then gone from here: it is found again by what it is, not by a path that may have shifted. */
function transfer(holder: Model[], { into, at, pruneEmpty = 0 }: TransferEdit, path: ManifestPath): void {
  const from = read(holder, path.slice(0, -1)) as Model[];
  const place = Number(indexIn(from, path.at(-1) ?? 0));
  const item = from[place] ?? null;
  if (read(holder, [0, ...into]) === from) {
    from.splice(place, 1);
    from.splice(at === 'end' ? from.length : at, 0, item);
    return;
  }
  const stand: Model = new Map();
  from[place] = stand;
  let list = read(holder, [0, ...into]);
  if (!Array.isArray(list)) write(holder, [0, ...into], (list = []));
  list.splice(at === 'end' ? list.length : at, 0, item);
  remove(holder, pathOf(holder, stand) ?? path, pruneEmpty);
}

function pathOf(root: Model, wanted: Model): ManifestPath | undefined {
  if (root === wanted) return [];
  const members = Array.isArray(root) ? [...root.entries()] : root instanceof Map ? [...root] : [];
  for (const [step, member] of members) {
    const rest = pathOf(member, wanted);
    if (rest) return [step, ...rest];
  }
  return undefined;
}

function indexIn(parent: Model | undefined, step: ManifestStep): string | number | undefined {
  if (typeof step !== 'object') return step;
  if (!Array.isArray(parent)) return undefined;
  const wanted = Object.entries(step.key);
  const index = parent.findIndex(
    (item) => item instanceof Map && wanted.every(([key, value]) => item.get(key) === value),
  );
  return index === -1 ? undefined : index;
}

function read(root: Model, path: ManifestPath): Model | undefined {
  let at: Model | undefined = root;
  for (const step of path) {
    const key = indexIn(at, step);
    if (Array.isArray(at)) at = at[Number(key)];
    else at = at instanceof Map && typeof key === 'string' ? at.get(key) : undefined;
  }
  return at;
}

function write(root: Model, path: ManifestPath, value: Model): void {
  let at: Model = root;
  for (const [index, step] of path.entries()) {
    const next = path[index + 1];
    const fresh: Model = next === undefined ? value : typeof next === 'string' ? new Map() : [];
    const key = indexIn(at, step);
    let child: Model;
    if (Array.isArray(at)) {
      const place = key === undefined ? at.length : Number(key);
      child = next === undefined ? value : (at[place] ?? (typeof step === 'object' ? keyed(step.key) : fresh));
      at[place] = child;
    } else if (at instanceof Map && typeof key === 'string') {
      child = next === undefined ? value : (at.get(key) ?? fresh);
      at.set(key, child);
    } else throw new Error(`the model has no place for ${JSON.stringify(step)}`);
    at = child;
  }
}

function keyed(key: Readonly<Record<string, string | number>>): Model {
  return new Map(Object.entries(key));
}

function remove(root: Model, path: ManifestPath, prune: number): void {
  const parent = read(root, path.slice(0, -1));
  const key = indexIn(parent, path.at(-1) ?? 0);
  if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else if (parent instanceof Map) parent.delete(String(key));
  const size = Array.isArray(parent) ? parent.length : parent instanceof Map ? parent.size : 1;
  // The holder's own place is the root, which stays.
  if (size === 0 && prune > 0 && path.length > 2) remove(root, path.slice(0, -1), prune - 1);
}
