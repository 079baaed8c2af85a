import type { editor } from './monaco-setup.ts';

/** Beyond it, what Monaco does with the whole text costs more of a frame than typing may. */
const LARGE_UNITS = 200_000;

export type SizeOptions = Pick<
  editor.IEditorOptions,
  'folding' | 'occurrencesHighlight' | 'selectionHighlight' | 'matchBrackets' | 'bracketPairColorization'
>;

/**
 * What the editor offers for a text of so many UTF-16 units. A large one goes without what Monaco computes over all of it on the page's
 * thread: folding ranges (anew after each key, and each of them moved by a new line), every occurrence of the word under the cursor and of
 * the selection, and pairs of brackets (a tree of the whole text before it is first drawn). Highlighting, search and problems stay.
 */
export function optionsForSize(units: number): SizeOptions {
  const isLarge = units > LARGE_UNITS;
  return {
    folding: !isLarge,
    occurrencesHighlight: isLarge ? 'off' : 'singleFile',
    selectionHighlight: !isLarge,
    matchBrackets: isLarge ? 'never' : 'always',
    bracketPairColorization: { enabled: !isLarge },
  };
}
