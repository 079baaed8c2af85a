import { isMap } from 'yaml';
import type { EditPlan, Planning } from './edit-plan.ts';
import { insertion, joinLines } from './edit-plan.ts';
import { entriesOf, isFlow } from './entry.ts';
import type { Collection } from './entry.ts';
import type { JsonValue } from './json-value.ts';
import { planFlowInsert } from './plan-flow.ts';
import { columnOf, regionOf } from './region.ts';
import { flowContextOf } from './write-context.ts';
import { indented, writeFlow, writeFlowPair, writeItem, writePair } from './write-value.ts';

/** A new key behind the last one of a map that has one. */
export function planInsertKey(planning: Planning, map: Collection, key: string, value: JsonValue): EditPlan {
  if (isFlow(map)) {
    const context = flowContextOf(planning.document, map);
    const pair = writeFlowPair(key, value, context, planning.style);
    return planFlowInsert(planning, map, map.items.length, pair);
  }
  return planLines(planning, map, map.items.length, (column) =>
    writePair(key, value, column, planning.context, planning.style),
  );
}

/** A new item of a list that has one, so that its index is `index`. */
export function planInsertItem(planning: Planning, list: Collection, index: number, value: JsonValue): EditPlan {
  if (isFlow(list)) {
    const context = flowContextOf(planning.document, list);
    return planFlowInsert(planning, list, index, writeFlow(value, context, planning.style));
  }
  return planLines(planning, list, index, (column) => writeItem(value, column, planning.context, planning.style));
}

function planLines(
  planning: Planning,
  collection: Collection,
  index: number,
  write: (column: number) => readonly string[],
): EditPlan {
  const { source } = planning.document;
  const entries = entriesOf(collection);
  const next = entries[index];
  const last = entries.at(-1);
  if (!last) throw new Error(`an empty ${isMap(collection) ? 'map' : 'list'} is replaced, not added to`);
  const lines = joinLines(planning, write(columnOf(source.text, last.start)));
  if (!next) return { edits: [insertion(regionOf(source, last).end, lines)], taken: [] };
  const region = regionOf(source, next);
  return { edits: [insertBefore(region, lines)], taken: [] };
}

/** Whole lines before an entry: where it shares its line (`- - a`), the new one takes that place and it moves down. */
export function insertBefore(
  region: { readonly start: number; readonly startsLine: boolean; readonly column: number },
  lines: string,
) {
  if (region.startsLine) return insertion(region.start, lines);
  return insertion(region.start, lines.slice(region.column) + indented(region.column, ''));
}
