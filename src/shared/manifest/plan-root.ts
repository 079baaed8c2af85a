import type { EditPlan, Planning } from './edit-plan.ts';
import { insertion, joinLines, replacement, textOf } from './edit-plan.ts';
import type { Entry } from './entry.ts';
import { entriesOf, isCollection, isEmptyScalar, isFlow } from './entry.ts';
import { isJsonObject } from './json-value.ts';
import type { JsonValue } from './json-value.ts';
import { regionOf, startsLine } from './region.ts';
import { flowContextOf } from './write-context.ts';
import { writeFlow, writeValue } from './write-value.ts';
import type { WriteContext } from './write-value.ts';
import { isScalarValue } from './yaml-scalar.ts';

/** A value for a document as a whole, in place of what it holds. */
export function planRoot(planning: Planning, value: JsonValue): EditPlan {
  const root = planning.document.tree.contents;
  const text = textOf(planning);
  if (root === null || isEmptyScalar(root)) {
    return { edits: [insertion(planning.document.endsAt, joinLines(planning, rootLines(planning, value)))], taken: [] };
  }
  if (isCollection(root) && !isFlow(root)) return planRootLines(planning, entriesOf(root), value);
  const range = { start: root.range[0], end: root.range[1] };
  if (!startsLine(text, range.start)) {
    const context = isCollection(root) ? flowContextOf(planning.document, root) : planning.context;
    return { edits: [replacement(range, writeFlow(value, context, planning.style))], taken: [range] };
  }
  const lines = joinLines(planning, rootLines(planning, value));
  // A block scalar ends with its last line break, all else before it.
  const endsLine = text[range.end - 1] === '\n';
  return { edits: [replacement(range, endsLine ? lines : lines.trimEnd())], taken: [range] };
}

function rootLines(planning: Planning, value: JsonValue): readonly string[] {
  const { context, style } = planning;
  // As if below a key that stands so far left that the root's own keys start their lines.
  const column = isJsonObject(value) ? -context.step : -context.listStep;
  const { head, lines } = writeValue(value, { column, isItem: false, depth: 1 }, plain(context, value), style);
  return head === '' ? lines : [head, ...lines];
}

/** A block scalar as the root would have to stand further right than nothing. */
function plain(context: WriteContext, value: JsonValue): WriteContext {
  return isScalarValue(value) ? { ...context, noBlockScalars: true } : context;
}

function planRootLines(planning: Planning, entries: readonly Entry[], value: JsonValue): EditPlan {
  const regions = entries.map((each) => regionOf(planning.document.source, each));
  const range = { start: regions[0]?.start ?? 0, end: regions.at(-1)?.end ?? 0 };
  return { edits: [replacement(range, joinLines(planning, rootLines(planning, value)))], taken: [range] };
}
