import { isScalar } from 'yaml';
import type { Node } from 'yaml';
import type { EditPlan } from './edit-plan.ts';
import { entriesOf, isCollection, isFlow } from './entry.ts';
import type { ManifestText } from './manifest-text.ts';
import { lineBreakOf } from './region.ts';

/**
 * A final line break for a text without one, so that lines can follow. A block scalar that the text ends with has no
 * final line break for the API server either: with one it must say so (`|-`) to stay the same.
 */
export function planTermination({ source, documents }: ManifestText): EditPlan {
  const { text } = source;
  const ended = { offset: text.length, length: 0, text: lineBreakOf(text) };
  const last = lastNode(documents.at(-1)?.tree.contents ?? null);
  const header = isScalar(last) && last.srcToken?.type === 'block-scalar' ? last.srcToken.props[0] : undefined;
  if (!header || !('source' in header) || last?.range?.[1] !== text.length) return { edits: [ended], taken: [] };
  const stripped = `${header.source.replace(/[-+]/, '')}-`;
  return { edits: [{ offset: header.offset, length: header.source.length, text: stripped }, ended], taken: [] };
}

function lastNode(node: Node | null): Node | null {
  if (!isCollection(node) || isFlow(node)) return node;
  const last = entriesOf(node).at(-1);
  return last ? lastNode(last.value) : node;
}
