import { isMap } from 'yaml';
import type { EditPlan, Planning } from './edit-plan.ts';
import { insertion, joinLines, replacement, textOf } from './edit-plan.ts';
import { entriesOf, isCollection, isEmptyScalar, isFlow } from './entry.ts';
import { isJsonObject } from './json-value.ts';
import type { JsonValue } from './json-value.ts';
import { PathProblem } from './locate.ts';
import { regionOf, startsLine } from './region.ts';
import { flowContextOf } from './write-context.ts';
import { writeFlow, writeValue } from './write-value.ts';

/**
 * A value for a document that holds nothing, or on one line something of another kind.
 *
 * @throws PathProblem WrongKind where lines of another kind stand
 */
export function planRoot(planning: Planning, value: JsonValue): EditPlan {
  const root = planning.document.tree.contents;
  const text = textOf(planning);
  if (root === null || isEmptyScalar(root)) {
    return { edits: [insertion(planning.document.endsAt, joinLines(planning, rootLines(planning, value)))], taken: [] };
  }
  if (isCollection(root) && !isFlow(root)) {
    throw new PathProblem('WrongKind', 'the document is of another kind: edit it in YAML', root.range[0]);
  }
  const range = { start: root.range[0], end: root.range[1] };
  if (!startsLine(text, range.start)) {
    const context = isCollection(root) ? flowContextOf(planning.document, root) : planning.context;
    return { edits: [replacement(range, writeFlow(value, context, planning.style))], taken: [range] };
  }
  const lines = joinLines(planning, rootLines(planning, value)).trimEnd();
  return { edits: [replacement(range, lines)], taken: [range] };
}

function rootLines(planning: Planning, value: JsonValue): readonly string[] {
  const { context, style } = planning;
  // As if below a key that stands so far left that the root's own keys start their lines.
  const column = isJsonObject(value) ? -context.step : -context.listStep;
  const { head, lines } = writeValue(value, { column, isItem: false, depth: 1 }, context, style);
  return head === '' ? lines : [head, ...lines];
}

/** An empty map or list in place of the root's last entry. */
export function planEmptyRoot(planning: Planning): EditPlan {
  const root = planning.document.tree.contents;
  if (!isCollection(root)) throw new Error('the root is no collection');
  const regions = entriesOf(root).map((each) => regionOf(planning.document.source, each));
  const range = { start: regions[0]?.start ?? 0, end: regions.at(-1)?.end ?? 0 };
  return { edits: [replacement(range, joinLines(planning, [isMap(root) ? '{}' : '[]']))], taken: [range] };
}
