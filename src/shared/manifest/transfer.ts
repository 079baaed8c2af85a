import { isAlias } from 'yaml';
import type { Planning } from './edit-plan.ts';
import { isFlow, visitNodes } from './entry.ts';
import { isJsonList } from './json-value.ts';
import { PathProblem } from './locate.ts';
import type { ConcretePath, Located } from './locate.ts';
import type { TransferEdit } from './manifest-edit.ts';
import { planTransfer } from './plan-transfer.ts';
import { listItem, removeAt } from './primitive-edit.ts';
import type { PrimitiveEdit } from './primitive-edit.ts';
import { setIn } from './value-edit.ts';

/** What an item's way to another list comes to. */
export interface Transfer {
  /** Whether it is its own list. */
  readonly isWithin: boolean;
  /** That it has in the other list. */
  readonly index: number;
  /** Where it still stands once its new place is made. */
  readonly from: ConcretePath;
}

/**
 * An item and the list for it, both found in the document before.
 *
 * @throws PathProblem WrongKind for what is no list item, and for a list inside the item
 */
export function transferOf(item: Located, list: Located, at: TransferEdit['at']): Transfer {
  const { start } = listItem(item.trail);
  if (startsWith(list.path, item.path)) {
    throw new PathProblem('WrongKind', 'a list item cannot be moved into itself', start);
  }
  const isThere = list.missing.length === 0;
  const length = isThere && isJsonList(list.value) ? list.value.length : 0;
  const isWithin = isThere && list.path.length === item.path.length - 1 && startsWith(item.path, list.path);
  const index = at === 'end' ? length - (isWithin ? 1 : 0) : at;
  const step = item.path[list.path.length];
  const isShifted = isThere && startsWith(item.path, list.path) && typeof step === 'number' && step >= index;
  return { isWithin, index, from: isShifted ? item.path.with(list.path.length, step + 1) : item.path };
}

/** The item's text in the place that is kept for it. */
export function transferAt(item: Located, place: Located, pruneEmpty: number): PrimitiveEdit {
  const [entry, kept] = [listItem(item.trail), listItem(place.trail)];
  const removal = removeAt(item, pruneEmpty);
  return {
    plan: (planning) => planTransfer(planning, entry, kept, removal.plan(planning)),
    apply: (root) => removal.apply(setIn(root, place.path, item.value)),
  };
}

/**
 * Refuses to write anew what holds an alias: its text would say twice what it now says once.
 *
 * @throws PathProblem Foreign
 */
export function refuseExpansion(item: Located): void {
  const { value, start } = listItem(item.trail);
  visitNodes(value, (node) => {
    if (!isAlias(node)) return;
    throw new PathProblem('Foreign', `the alias *${node.source} is in it: move it in YAML`, start);
  });
}

/**
 * Refuses what would lose the item's own comments: there is no place for them where it is written anew, and none in brackets.
 *
 * @throws PathProblem Foreign
 */
export function refuseCommentLoss(planning: Planning, item: Located): void {
  const { taken } = removeAt(item, 0).plan(planning);
  const { comments } = planning.document.source;
  const isCommented = [...comments.keys()].some((at) => taken.some(({ start, end }) => at >= start && at < end));
  if (!isCommented) return;
  throw new PathProblem(
    'Foreign',
    'its comments have no place in the other list: move it in YAML',
    listItem(item.trail).start,
  );
}

export function isInBrackets(item: Located): boolean {
  return isFlow(listItem(item.trail).collection);
}

function startsWith(path: ConcretePath, start: ConcretePath): boolean {
  return start.length <= path.length && start.every((step, index) => path[index] === step);
}
