/** A string of several lines as a block scalar. */
export interface BlockScalar {
  /** `|`, `|-`, `>+`, with an indentation indicator where the first line begins with a blank. */
  readonly header: string;
  /** Without indentation; an empty line stays empty. */
  readonly lines: readonly string[];
}

/** No line break but \n, no tab at a line's start, no line of blanks only: what is seen is what is read. */
// eslint-disable-next-line no-control-regex
export const NOT_IN_BLOCKS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]|^\t|^[ \t]+$/m;

/**
 * The string as a block scalar whose content is indented by `step` more than its parent; undefined where only quotes
 * show it whole. A folded one has a line for each line of the string: nothing is wrapped (`refolded` does that
 * for one that changes).
 */
export function blockScalarOf(text: string, style: 'literal' | 'folded', step: number): BlockScalar | undefined {
  if (NOT_IN_BLOCKS.test(text) || /^\n*$/.test(text) || !text.isWellFormed()) return undefined;
  const trailing = /\n*$/.exec(text)?.[0].length ?? 0;
  const lines = text.slice(0, text.length - trailing).split('\n');
  if (style === 'folded' && lines.some((line) => line.startsWith(' '))) return undefined;
  const indicator = lines.find((line) => line !== '')?.startsWith(' ') === true ? String(step) : '';
  const chomp = trailing === 0 ? '-' : trailing === 1 ? '' : '+';
  const body = style === 'folded' ? unfolded(lines) : lines;
  const kept = Array.from({ length: Math.max(0, trailing - 1) }, () => '');
  return { header: `${style === 'folded' ? '>' : '|'}${indicator}${chomp}`, lines: [...body, ...kept] };
}

/** In a folded scalar one line break between words is a blank: another one is written for each. */
function unfolded(lines: readonly string[]): readonly string[] {
  return lines.flatMap((line, index) => {
    const next = lines[index + 1];
    const isBetweenWords = line !== '' && next !== undefined;
    return isBetweenWords ? [line, ''] : [line];
  });
}
