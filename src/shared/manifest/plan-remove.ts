import { isMap } from 'yaml';
import type { EditPlan, Planning } from './edit-plan.ts';
import { replacement, textOf } from './edit-plan.ts';
import { entriesOf, isFlow } from './entry.ts';
import type { Entry } from './entry.ts';
import { planFlowRemove } from './plan-flow.ts';
import { planReplace } from './plan-replace.ts';
import { planEmptyRoot } from './plan-root.ts';
import { isBlank, lineEnd, nextLine, regionOf } from './region.ts';

/** The last entry of the trail is gone; when it was the only one, an empty map or list stays. */
export function planRemove(planning: Planning, trail: readonly Entry[]): EditPlan {
  const entry = trail.at(-1);
  if (!entry) throw new Error('the root cannot be removed');
  const { collection } = entry;
  if (isFlow(collection)) return planFlowRemove(planning, entry);
  if (collection.items.length === 1) {
    const parent = trail.at(-2);
    return parent ? planReplace(planning, parent, isMap(collection) ? {} : []) : planEmptyRoot(planning);
  }
  const region = regionOf(planning.document.source, entry);
  if (region.startsLine) return { edits: [replacement(region, '')], taken: [region] };
  return removeFirst(planning, entry, region);
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
