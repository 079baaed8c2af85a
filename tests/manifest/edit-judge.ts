import { Lexer } from 'yaml';
import { editManifest } from '../../src/shared/manifest/edit-manifest.ts';
import type { JsonValue } from '../../src/shared/manifest/json-value.ts';
import type { ManifestEdit, ManifestProblem } from '../../src/shared/manifest/manifest-edit.ts';
import { openManifest } from '../../src/shared/manifest/manifest-text.ts';
import type { ManifestText } from '../../src/shared/manifest/manifest-text.ts';
import { applyTextEdits } from '../../src/shared/manifest/text-edit.ts';
import { comparable, editModel, modelOf } from './plain-model.ts';
import { mayLoseComments, mayStay, touchedRanges } from './touched-lines.ts';

export type Judged =
  | { readonly refused: ManifestProblem }
  /** `faults` says in words what went wrong: nothing when all is well. */
  | { readonly refused: undefined; readonly manifest: ManifestText; readonly faults: readonly string[] };

export function open(text: string): ManifestText {
  const opened = openManifest(text);
  if (!opened.ok) throw new Error(opened.finding.message);
  return opened.manifest;
}

export function valueOf(manifest: ManifestText, index: number): JsonValue {
  const content = manifest.documents[index]?.content;
  if (content?.readable !== true) throw new Error('the document cannot be read');
  return content.value;
}

/** Does one edit and holds everything that is promised of it against the text. */
export function judgeEdit(manifest: ManifestText, index: number, edit: ManifestEdit): Judged {
  const edited = editManifest(manifest, index, [edit]);
  if (!edited.ok) return { refused: edited.problem };
  const before = manifest.source.text;
  const expected = comparable(editModel(modelOf(valueOf(manifest, index)), edit));
  const found = comparable(modelOf(valueOf(open(edited.text), index)));
  const faults: string[] = [];
  if (found !== expected) faults.push(`reads ${found} and not ${expected}`);
  if (applyTextEdits(before, edited.textEdits) !== edited.text) faults.push('its text edits lead elsewhere');
  if (applyTextEdits(edited.text, edited.inverse) !== before) faults.push('its inverse does not restore the text');
  if (edited.manifest.source.text !== edited.text) faults.push('its parsed text is another');
  faults.push(...lineFaults(manifest, index, edit, edited.text), ...commentFaults(manifest, index, edit, edited.text));
  return { refused: undefined, manifest: edited.manifest, faults };
}

/** Every line that the edit is not about is there, byte for byte and in order. */
function lineFaults(manifest: ManifestText, index: number, edit: ManifestEdit, after: string): readonly string[] {
  const before = manifest.source.text;
  const ranges = touchedRanges(manifest, index, edit);
  const [first, last] = [ranges[0]?.first ?? 0, ranges.at(-1)?.last ?? 0];
  const lines = linesOf(before);
  const now = linesOf(after);
  const head = lines.slice(0, first);
  const tail = lines.slice(last + 1);
  const faults: string[] = [];
  if (before.startsWith('\ufeff') !== after.startsWith('\ufeff')) faults.push('the byte order mark came or went');
  if (head.some((line, at) => line !== now[at])) faults.push(`a line before ${first + 1} changed`);
  if (tail.some((line, at) => line !== now[now.length - tail.length + at]))
    faults.push(`a line behind ${last + 1} changed`);
  const between = ranges.slice(1).map((range, at) => lines.slice((ranges[at]?.last ?? 0) + 1, range.first).join(''));
  if (between.some((stretch) => !linesOf(after).join('').includes(stretch))) faults.push('a line between changed');
  return faults;
}

/** With their line breaks and without a byte order mark; the text's last line has one for this purpose. */
function linesOf(text: string): readonly string[] {
  const withoutMark = text.replace(/^\ufeff/, '');
  const ended = withoutMark === '' || withoutMark.endsWith('\n') ? withoutMark : `${withoutMark}\n`;
  return ended.match(/[^\n]*\n/g) ?? [];
}

/** No comment goes but those on the lines of what is removed or replaced. */
function commentFaults(manifest: ManifestText, index: number, edit: ManifestEdit, after: string): readonly string[] {
  const ranges = touchedRanges(manifest, index, edit);
  const before = manifest.source.text;
  const mayGo =
    edit.op === 'remove' || edit.op === 'set' || (edit.op === 'transfer' && mayLoseComments(manifest, index, edit));
  const left = commentsOf(after).map(({ source }) => source);
  return commentsOf(before).flatMap(({ source, line }) => {
    if (mayGo && ranges.some(({ first, last }) => line >= first && line <= last)) return [];
    const at = left.indexOf(source);
    if (at === -1) return [`the comment ${source} is gone`];
    left.splice(at, 1);
    return [];
  });
}

/** Whether there is a comment that a transfer would lose. */
export function isKeptByComments(manifest: ManifestText, index: number, edit: ManifestEdit): boolean {
  if (edit.op !== 'transfer' || !mayStay(manifest, index, edit)) return false;
  const ranges = touchedRanges(manifest, index, edit);
  return commentsOf(manifest.source.text).some(({ line }) =>
    ranges.some(({ first, last }) => line >= first && line <= last),
  );
}

/** Every comment of a text, with its line from 0. */
export function commentsOf(text: string): readonly { readonly source: string; readonly line: number }[] {
  const comments: { source: string; line: number }[] = [];
  let line = 0;
  let isScalar = false;
  for (const lexeme of new Lexer().lex(text)) {
    if (!isScalar && lexeme.startsWith('#')) comments.push({ source: lexeme, line });
    isScalar = lexeme === '\u001f';
    line += lexeme.split('\n').length - 1;
  }
  return comments;
}
