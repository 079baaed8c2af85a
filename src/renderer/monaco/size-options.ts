import type { editor } from './monaco-setup.ts';

/** Beyond it, what Monaco does with the whole text costs more of a frame than typing may. */
const LARGE_UNITS = 200_000;

export type SizeOptions = Required<
  Pick<editor.IEditorOptions, 'folding' | 'occurrencesHighlight' | 'selectionHighlight' | 'matchBrackets'>
> & { readonly bracketPairColorization: { readonly enabled: boolean } };

const COMFORT: SizeOptions = {
  folding: true,
  occurrencesHighlight: 'singleFile',
  selectionHighlight: true,
  matchBrackets: 'always',
  bracketPairColorization: { enabled: true },
};

/**
 * Without what Monaco computes over all of a text on the page's thread: folding ranges (anew after each key, and each of them moved by a
 * new line), every occurrence of the word under the cursor and of the selection, and pairs of brackets (a tree of the whole text before
 * it is first drawn).
 */
const LARGE: SizeOptions = {
  folding: false,
  occurrencesHighlight: 'off',
  selectionHighlight: false,
  matchBrackets: 'never',
  bracketPairColorization: { enabled: false },
};

/** What the editor offers for a text of so many UTF-16 units. Highlighting, search and problems are in a large one too. */
export function optionsForSize(units: number): SizeOptions {
  return units > LARGE_UNITS ? LARGE : COMFORT;
}
