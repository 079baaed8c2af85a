import type { Entry } from './entry.ts';
import { isFlow } from './entry.ts';
import { locate, PathProblem } from './locate.ts';
import type { Located } from './locate.ts';
import type { FieldReading } from './manifest-edit.ts';
import type { ManifestPath } from './manifest-path.ts';
import type { ManifestDocument } from './manifest-text.ts';
import { lineEnd, regionOf } from './region.ts';

/** What stands at a path: present with its value, absent, or foreign. Never throws for what a text may hold. */
export function readField(document: ManifestDocument, path: ManifestPath): FieldReading {
  const lineOf = (offset: number): number => document.source.lines.positionOf(offset).line;
  try {
    const located = locate(document, path);
    if (located.missing.length > 0) return { state: 'absent', line: lineOf(startOf(document, located)) };
    return present(document, located);
  } catch (error) {
    if (!(error instanceof PathProblem)) throw error;
    const line = lineOf(error.offset);
    if (error.reason === 'NotFound') return { state: 'absent', line };
    const reason = error.reason === 'Ambiguous' || error.reason === 'WrongKind' ? error.reason : 'Foreign';
    return { state: 'foreign', reason, message: error.message, line };
  }
}

function startOf(document: ManifestDocument, { trail }: Located): number {
  return trail.at(-1)?.start ?? document.tree.range[0];
}

function present(document: ManifestDocument, located: Located): FieldReading {
  const { source, tree } = document;
  const entry = located.trail.at(-1);
  const [start, end] = tree.contents?.range ?? [0, 0];
  const range = entry?.content ?? { start, end };
  const comment = entry === undefined ? '' : commentOf(document, entry);
  const read = {
    state: 'present',
    value: located.value,
    source: source.text.slice(range.start, range.end),
    range,
    line: source.lines.positionOf(startOf(document, located)).line,
  } as const;
  return comment === '' ? read : { ...read, comment };
}

/** Above the entry, and beside its key or value. */
function commentOf({ source }: ManifestDocument, entry: Entry): string {
  const { text, comments } = source;
  const start = isFlow(entry.collection) ? entry.start : regionOf(source, entry).start;
  const beside = (offset: number) => ({ from: offset, to: lineEnd(text, offset) });
  const spans = [{ from: start, to: entry.start }, beside(entry.after), beside(Math.max(entry.content.end - 1, 0))];
  const found = new Map<number, string>();
  for (const [offset, comment] of comments) {
    const isInside =
      offset >= entry.content.start && offset < entry.content.end && entry.content.start > entry.after + 1;
    if (!isInside && spans.some(({ from, to }) => offset >= from && offset < to)) found.set(offset, comment);
  }
  return [...found.values()].map((comment) => comment.replace(/^#+ ?/, '').trimEnd()).join('\n');
}
