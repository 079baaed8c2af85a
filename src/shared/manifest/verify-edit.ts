import { jsonEqual } from './json-equal.ts';
import type { JsonValue } from './json-value.ts';
import type { EditPlan } from './edit-plan.ts';
import { openManifest } from './manifest-text.ts';
import type { ManifestText } from './manifest-text.ts';

export type Verified =
  | { readonly ok: true; readonly manifest: ManifestText }
  | { readonly ok: false; readonly why: string };

/**
 * Reads an edited text again: the document's value is the expected one, every other document's text is as it was, and
 * of the comments none is lost or changed but those that the plan takes.
 */
export function verifyEdit(
  before: ManifestText,
  documentIndex: number,
  { taken }: EditPlan,
  text: string,
  expected: JsonValue,
): Verified {
  const opened = openManifest(text);
  if (!opened.ok) return { ok: false, why: opened.finding.message };
  const { manifest } = opened;
  const content = manifest.documents[documentIndex]?.content;
  if (manifest.documents.length !== before.documents.length || !content) {
    return { ok: false, why: 'the number of documents would change' };
  }
  if (!content.readable) return { ok: false, why: content.findings[0]?.message ?? 'it would not parse' };
  if (!jsonEqual(content.value, expected)) return { ok: false, why: 'another value would change' };
  if (!sameOthers(before, manifest, documentIndex)) return { ok: false, why: 'another document would change' };
  const lost = lostComment(before, manifest, taken);
  return lost === undefined
    ? { ok: true, manifest }
    : { ok: false, why: `the comment ${lost} would be lost or changed` };
}

function sameOthers(before: ManifestText, after: ManifestText, edited: number): boolean {
  return before.documents.every(
    (each, index) => index === edited || textOf(before, index) === textOf(after, each.index),
  );
}

/** From its first line to the next document's. */
function textOf({ source, documents }: ManifestText, index: number): string {
  const document = documents[index];
  return document ? source.text.slice(document.tree.range[0], document.endsAt).trimEnd() : '';
}

function lostComment(before: ManifestText, after: ManifestText, taken: EditPlan['taken']): string | undefined {
  const counts = new Map<string, number>();
  for (const comment of after.source.comments.values()) counts.set(comment, (counts.get(comment) ?? 0) + 1);
  for (const [offset, comment] of before.source.comments) {
    const count = counts.get(comment) ?? 0;
    if (count > 0) counts.set(comment, count - 1);
    else if (!taken.some(({ start, end }) => offset >= start && offset < end)) return comment;
  }
  return undefined;
}
