import { isMap, isSeq } from 'yaml';
import type { EditPlan, Planning } from './edit-plan.ts';
import { isCollection } from './entry.ts';
import type { Collection, Entry } from './entry.ts';
import { isJsonList, isJsonObject } from './json-value.ts';
import type { JsonValue } from './json-value.ts';
import { PathProblem } from './locate.ts';
import type { Located } from './locate.ts';
import { isMergeKeyStep } from './manifest-path.ts';
import type { ManifestPath, ManifestStep } from './manifest-path.ts';
import { planInsertItem, planInsertKey } from './plan-insert.ts';
import { planMove } from './plan-move.ts';
import { planRemove } from './plan-remove.ts';
import { planRename } from './plan-rename.ts';
import { planReplace } from './plan-replace.ts';
import { planRoot } from './plan-root.ts';
import { refuseSharedAnchors } from './shared-anchors.ts';
import { moveIn, removeIn, renameIn, setIn, insertIn } from './value-edit.ts';

/** One edit as text edits, and the value that the document must have afterwards. */
export interface PrimitiveEdit {
  /** Throws PathProblem or NotWritable where it may not be done. */
  readonly plan: (planning: Planning) => EditPlan;
  readonly apply: (root: JsonValue) => JsonValue;
}

/** Another value in place of the one that is there. */
export function replaceAt({ trail, path }: Located, value: JsonValue): PrimitiveEdit {
  return {
    plan: (planning) => {
      const entry = trail.at(-1);
      if (!entry) return planRoot(planning, value);
      refuseSharedAnchors(planning.document, entry);
      return planReplace(planning, entry, value);
    },
    apply: (root) => setIn(root, path, value),
  };
}

/** A value where nothing is yet, with the parents that it needs. */
export function createAt(located: Located, value: JsonValue): PrimitiveEdit {
  const { trail, path, node, value: parent, missing } = located;
  const [step, ...rest] = missing;
  if (step === undefined) throw new Error('nothing is missing');
  const made = wrapped(step, rest, value, trail.at(-1)?.start ?? 0);
  const key = typeof step === 'string' ? step : isJsonList(parent) ? parent.length : 0;
  return {
    plan: (planning) => {
      if (!takesEntries(planning, node)) {
        return replaceAt(located, typeof key === 'string' ? { [key]: made } : [made]).plan(planning);
      }
      if (typeof key === 'string') return planInsertKey(planning, node, key, made);
      return planInsertItem(planning, node, key, made);
    },
    apply: (root) => setIn(root, [...path, key], made),
  };
}

/** A new item of a list that is there, if only as an empty place. */
export function insertAt(located: Located, index: number, value: JsonValue): PrimitiveEdit {
  const { path, node } = located;
  return {
    plan: (planning) =>
      takesEntries(planning, node)
        ? planInsertItem(planning, node, index, value)
        : replaceAt(located, [value]).plan(planning),
    apply: (root) => insertIn(root, path, index, value),
  };
}

/** The last of the trail and, of its parents, as many as would be empty without it. */
export function removeAt({ trail, path }: Located, pruneEmpty: number): PrimitiveEdit {
  let length = trail.length;
  for (let pruned = 0; pruned < pruneEmpty && length > 1; pruned += 1) {
    if (trail[length - 1]?.collection.items.length !== 1) break;
    length -= 1;
  }
  const removed = trail.slice(0, length);
  return {
    plan: (planning) => {
      const entry = removed.at(-1);
      if (entry) refuseSharedAnchors(planning.document, entry);
      return planRemove(planning, removed);
    },
    apply: (root) => removeIn(root, path.slice(0, length)),
  };
}

export function moveAt({ trail, path }: Located, to: number): PrimitiveEdit {
  const entry = listItem(trail);
  if (!Number.isInteger(to) || to < 0 || to >= entry.collection.items.length) {
    throw new PathProblem('NotFound', `the list has no place ${to}`, entry.start);
  }
  return { plan: (planning) => planMove(planning, entry, to), apply: (root) => moveIn(root, path, to) };
}

export function listItem(trail: readonly Entry[]): Entry {
  const entry = trail.at(-1);
  if (entry && isSeq(entry.collection)) return entry;
  throw new PathProblem('WrongKind', 'only an item of a list can be moved', entry?.start ?? 0);
}

export function renameAt({ trail, path }: Located, parent: JsonValue, to: string): PrimitiveEdit {
  const entry = trail.at(-1);
  if (!entry || !isMap(entry.collection)) {
    throw new PathProblem('WrongKind', 'only the key of a map can be renamed', entry?.start ?? 0);
  }
  if (isJsonObject(parent) && Object.hasOwn(parent, to)) {
    throw new PathProblem('Exists', `there is a key ${to} already`, entry.start);
  }
  return { plan: (planning) => planRename(planning, entry, to), apply: (root) => renameIn(root, path, to) };
}

/** Whether new entries go into the collection as it is: an empty one is written anew, unless a comment is in it. */
function takesEntries({ document }: Planning, node: Located['node']): node is Collection {
  if (!isCollection(node)) return false;
  if (node.items.length > 0) return true;
  const [start, end] = node.range ?? [0, 0];
  for (const offset of document.source.comments.keys()) if (offset > start && offset < end) return true;
  return false;
}

/** What stands under the first missing step, when the others lead to the value. */
function wrapped(step: ManifestStep, rest: ManifestPath, value: JsonValue, offset: number): JsonValue {
  const [next, ...further] = rest;
  const inner = next === undefined ? value : under(next, wrapped(next, further, value, offset), offset);
  if (!isMergeKeyStep(step)) return inner;
  if (isJsonObject(inner)) return { ...step.key, ...inner };
  throw new PathProblem('WrongKind', 'a list item with a merge key is a map', offset);
}

function under(step: ManifestStep, value: JsonValue, offset: number): JsonValue {
  if (typeof step === 'string') return { [step]: value };
  if (typeof step === 'number' && step !== 0) {
    throw new PathProblem('NotFound', `a list that is made has no place ${step} yet`, offset);
  }
  return [value];
}
