import type { TextEdit, TextRange, WriteStyle } from './manifest-edit.ts';
import type { ManifestDocument } from './manifest-text.ts';
import { lineBreakOf } from './region.ts';
import type { WriteContext } from './write-value.ts';

/** Text edits that do one thing; offsets are of the document's text. */
export interface EditPlan {
  readonly edits: readonly TextEdit[];
  /** Where comments may go: they belong to what is removed or replaced. */
  readonly taken: readonly TextRange[];
}

/** What every plan is made from. */
export interface Planning {
  readonly document: ManifestDocument;
  readonly context: WriteContext;
  readonly style: WriteStyle;
}

export function textOf({ document }: Planning): string {
  return document.source.text;
}

/** Lines as text of the document's own line breaks, the last one ended too. */
export function joinLines({ document }: Planning, lines: readonly string[]): string {
  const lineBreak = lineBreakOf(document.source.text);
  return lines.map((line) => line + lineBreak).join('');
}

export function insertion(offset: number, text: string): TextEdit {
  return { offset, length: 0, text };
}

export function replacement({ start, end }: TextRange, text: string): TextEdit {
  return { offset: start, length: end - start, text };
}
