import type { ManifestEdit } from '../../src/shared/manifest/manifest-edit.ts';
import type { ManifestPath } from '../../src/shared/manifest/manifest-path.ts';
import type { Dice } from './dice.ts';
import type { Model } from './plain-model.ts';
import { randomKey, randomScalar, randomValue } from './random-values.ts';

interface Place {
  readonly path: ManifestPath;
  readonly value: Model;
  readonly parent: Model | undefined;
}

/** An edit that the model can do: of a place that is there, or of one that can be made. */
export function randomEdit(dice: Dice, root: Model): ManifestEdit {
  const places = [...placesOf(root)];
  const place = dice.pickOf(places) ?? { path: [], value: root, parent: undefined };
  const list = dice.pickOf(places.filter(({ value }) => Array.isArray(value)));
  switch (dice.below(14)) {
    case 0:
    case 1:
      return removal(dice, place) ?? setting(dice, place);
    case 2:
      return list ? insertion(dice, list) : setting(dice, place);
    case 3:
      return moving(dice, places) ?? setting(dice, place);
    case 4:
      return renaming(dice, places) ?? setting(dice, place);
    case 5:
    case 6:
      return addition(dice, places) ?? setting(dice, place);
    case 7:
      return creation(dice, places) ?? setting(dice, place);
    case 8:
    case 9:
      return transferring(dice, places) ?? setting(dice, place);
    default:
      return setting(dice, place);
  }
}

export function* placesOf(value: Model, path: ManifestPath = [], parent?: Model): Generator<Place> {
  yield { path, value, parent };
  if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* placesOf(item, [...path, index], value);
  if (value instanceof Map) for (const [key, item] of value) yield* placesOf(item, [...path, key], value);
}

function setting(dice: Dice, { path, value }: Place): ManifestEdit {
  const isRoot = path.length === 0;
  const next = isRoot
    ? similar(dice, value)
    : dice.oneIn(3)
      ? similar(dice, value)
      : dice.oneIn(4)
        ? randomValue(dice)
        : randomScalar(dice);
  const style = dice.oneIn(6)
    ? dice.pick({ quotes: 'single' }, { quotes: 'double' }, { block: 'folded' }, { block: 'literal' }, {
        radix: 'octal',
      } as const)
    : undefined;
  return { op: 'set', path, value: next, ...(style ? { style } : {}) } as ManifestEdit;
}

/** The value with something else in it: what a form sends of a whole list or map. */
function similar(dice: Dice, value: Model): ReturnType<typeof randomValue> {
  if (Array.isArray(value)) {
    const items = value.filter(() => !dice.oneIn(4)).map((each) => similar(dice, each));
    if (dice.oneIn(3)) items.splice(dice.below(items.length + 1), 0, randomValue(dice, 1));
    if (dice.oneIn(3)) items.reverse();
    return items;
  }
  if (value instanceof Map) {
    const members = [...value].filter(() => !dice.oneIn(4)).map(([key, each]) => [key, similar(dice, each)] as const);
    return Object.fromEntries(dice.oneIn(3) ? [...members, [randomKey(dice), randomValue(dice, 1)]] : members);
  }
  return dice.oneIn(3) ? randomScalar(dice) : value;
}

function removal(dice: Dice, { path }: Place): ManifestEdit | undefined {
  return path.length === 0 ? undefined : { op: 'remove', path, pruneEmpty: dice.pick(0, 0, 1, 3) };
}

function insertion(dice: Dice, { path, value }: Place): ManifestEdit {
  const length = Array.isArray(value) ? value.length : 0;
  const at = dice.oneIn(2) ? 'end' : dice.below(length + 1);
  return { op: 'insert', path, at, value: randomValue(dice) };
}

function moving(dice: Dice, places: readonly Place[]): ManifestEdit | undefined {
  const item = dice.pickOf(places.filter(({ parent }) => Array.isArray(parent) && parent.length > 1));
  if (!item || !Array.isArray(item.parent)) return undefined;
  return { op: 'move', path: item.path, to: dice.below(item.parent.length) };
}

/** To another list, or to one that is made. */
function transferring(dice: Dice, places: readonly Place[]): ManifestEdit | undefined {
  const item = dice.pickOf(places.filter(({ parent }) => Array.isArray(parent)));
  if (!item) return undefined;
  const isOutside = ({ path }: Place): boolean => !item.path.every((step, index) => path[index] === step);
  const list = dice.pickOf(places.filter((each) => Array.isArray(each.value) && isOutside(each)));
  const map = dice.pickOf(places.filter((each) => each.value instanceof Map && isOutside(each)));
  const pruneEmpty = dice.pick(0, 0, 1, 3);
  if (map?.value instanceof Map && (!list || dice.oneIn(3))) {
    const key = randomKey(dice);
    const into = [...map.path, key, ...dice.pick<ManifestPath>([], [], ['deep'], [{ key: { name: 'n' } }, 'v'])];
    return map.value.has(key) ? undefined : { op: 'transfer', path: item.path, into, at: 'end', pruneEmpty };
  }
  if (!list || !Array.isArray(list.value)) return undefined;
  const isOwn = list.value === item.parent;
  const at = dice.oneIn(2) ? 'end' : dice.below(list.value.length + (isOwn ? 0 : 1));
  return { op: 'transfer', path: item.path, into: list.path, at, pruneEmpty };
}

function renaming(dice: Dice, places: readonly Place[]): ManifestEdit | undefined {
  const key = dice.pickOf(places.filter(({ parent }) => parent instanceof Map));
  const to = randomKey(dice);
  if (!key || !(key.parent instanceof Map) || key.parent.has(to)) return undefined;
  return { op: 'rename', path: key.path, to };
}

/** A key that is not there yet, with parents or without. */
function addition(dice: Dice, places: readonly Place[]): ManifestEdit | undefined {
  const map = dice.pickOf(places.filter(({ value }) => value instanceof Map || value === null));
  if (!map) return undefined;
  const path = [...map.path, randomKey(dice)];
  if (map.value instanceof Map && map.value.has(String(path.at(-1))))
    return { op: 'set', path, value: randomScalar(dice) };
  const deeper = dice.pick<ManifestPath>([], [], ['deep', 'er'], [0], [{ key: { name: 'n' } }, 'v'], [0, 'k']);
  return { op: 'set', path: [...path, ...deeper], value: randomValue(dice, 1) };
}

/** A list item by a merge key that no item has, or one has. */
function creation(dice: Dice, places: readonly Place[]): ManifestEdit | undefined {
  const list = dice.pickOf(places.filter(({ value }) => Array.isArray(value)));
  if (!list || !Array.isArray(list.value)) return undefined;
  const names = list.value.flatMap((each) => (each instanceof Map ? [each.get('name')] : []));
  const name = dice.pick('a', 'one', 'new');
  if (names.filter((each) => each === name).length > 1) return undefined;
  return { op: 'set', path: [...list.path, { key: { name } }, dice.pick('image', 'x')], value: randomScalar(dice) };
}
