import type { EditPlan, Planning } from './edit-plan.ts';
import { insertion, joinLines, replacement, textOf } from './edit-plan.ts';
import { entriesOf, isFlow } from './entry.ts';
import type { Entry } from './entry.ts';
import { insertBefore } from './plan-insert.ts';
import { removeFirst } from './plan-remove.ts';
import type { TextEdit } from './manifest-edit.ts';
import { indented } from './write-value.ts';
import { regionOf } from './region.ts';

/** A list item with its lines and comments at another index. */
export function planMove(planning: Planning, entry: Entry, to: number): EditPlan {
  const entries = entriesOf(entry.collection);
  const target = entries[to];
  if (!target) throw new Error(`no item ${to} to move to`);
  if (entry.index === to) return { edits: [], taken: [] };
  return isFlow(entry.collection) ? moveInFlow(planning, entries, entry, to) : moveLines(planning, entry, target);
}

function moveLines(planning: Planning, entry: Entry, target: Entry): EditPlan {
  const { source } = planning.document;
  const { text } = source;
  const region = regionOf(source, entry);
  const goal = regionOf(source, target);
  const indent = region.startsLine ? '' : indented(region.column, '');
  const moved = text.slice(region.start, region.end);
  const lines = indent + (moved.endsWith('\n') ? moved : moved + joinLines(planning, ['']));
  const removal = region.startsLine ? replacement(region, '') : onlyEdit(removeFirst(planning, entry, region));
  const arrival = entry.index < target.index ? insertion(goal.end, lines) : insertBefore(goal, lines);
  return { edits: [removal, arrival], taken: [] };
}

function onlyEdit({ edits }: EditPlan): TextEdit {
  const [edit] = edits;
  if (!edit || edits.length > 1) throw new Error('one edit removes a first item');
  return edit;
}

/** Inside brackets the items change places; comments between them stay. */
function moveInFlow(planning: Planning, entries: readonly Entry[], entry: Entry, to: number): EditPlan {
  const text = textOf(planning);
  const order = entries.filter((each) => each !== entry);
  order.splice(to, 0, entry);
  const edits = entries.flatMap((slot, index) => {
    const item = order[index];
    if (!item || item === slot) return [];
    return [replacement({ start: slot.start, end: slot.content.end }, text.slice(item.start, item.content.end))];
  });
  return { edits, taken: [] };
}
