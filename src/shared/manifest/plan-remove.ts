import { isMap } from 'yaml';
import type { EditPlan, Planning } from './edit-plan.ts';
import { replacement, textOf } from './edit-plan.ts';
import { entriesOf, isFlow, keptScalarEnd } from './entry.ts';
import type { Entry } from './entry.ts';
import type { TextRange } from './manifest-edit.ts';
import { planFlowRemove } from './plan-flow.ts';
import { planReplace } from './plan-replace.ts';
import { planRoot } from './plan-root.ts';
import { behindBlankLines, isBlank, lineEnd, nextLine, regionOf } from './region.ts';

/** The last entry of the trail is gone; when it was the only one, an empty map or list stays. */
export function planRemove(planning: Planning, trail: readonly Entry[]): EditPlan {
  const entry = trail.at(-1);
  if (!entry) throw new Error('the root cannot be removed');
  const { collection } = entry;
  if (isFlow(collection)) return planFlowRemove(planning, entry);
  if (collection.items.length === 1) {
    const parent = trail.at(-2);
    const empty = isMap(collection) ? {} : [];
    return parent ? planReplace(planning, parent, empty) : planRoot(planning, empty);
  }
  const region = regionOf(planning.document.source, entry);
  if (!region.startsLine) return removeFirst(planning, entry, region);
  const range = removedLines(planning, entry, region);
  return { edits: [replacement(range, '')], taken: [range] };
}

/** The entry's lines; the blank ones behind it too where a `|+` before it would take them for its own. */
export function removedLines(planning: Planning, entry: Entry, { start, end }: TextRange): TextRange {
  const previous = entriesOf(entry.collection)[entry.index - 1];
  const isBehindKept = previous !== undefined && keptScalarEnd(previous) === start;
  return { start, end: isBehindKept ? behindBlankLines(textOf(planning), end) : end };
}

/** The first entry, behind a dash: the next one takes its place, but comments between stay on their own lines. */
export function removeFirst(
  planning: Planning,
  entry: Entry,
  region: { readonly start: number; readonly end: number },
): EditPlan {
  const text = textOf(planning);
  const next = entriesOf(entry.collection)[entry.index + 1];
  if (!next) throw new Error('an entry without a next one is replaced, not removed');
  if (isBlank(text.slice(region.end, next.start))) {
    return { edits: [replacement({ start: entry.start, end: next.start }, '')], taken: [region] };
  }
  let start = entry.start;
  while (text[start - 1] === ' ' || text[start - 1] === '\t') start -= 1;
  const lastLine = lineEnd(text, text.lastIndexOf('\n', region.end - 2) + 1);
  const end = nextLine(text, lastLine) === region.end ? lastLine : region.end;
  return { edits: [replacement({ start, end }, '')], taken: [region] };
}
