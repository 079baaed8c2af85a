import type { ManifestPath } from '../../src/shared/manifest/manifest-path.ts';
import type { Dice } from './dice.ts';

/** A manifest with one folded scalar, put together from paragraphs whose source lines are known. */
export interface FoldedText {
  readonly path: ManifestPath;
  readonly value: string;
  readonly text: string;
  readonly paragraphs: readonly Paragraph[];
}

export interface Paragraph {
  readonly value: string;
  /** Where it stands in the scalar's value. */
  readonly at: number;
  /** UTF-16 offsets in the text, from its first line's start to its last line break. */
  readonly start: number;
  readonly end: number;
}

const WORDS = [
  'a',
  'of',
  'node',
  'agent',
  'reads',
  'the',
  'logs:',
  '# no',
  'comment',
  '- and',
  'é😀',
  'kubernetes',
  '"x"',
];
const PLACES = [
  { head: 'a: ', column: 0, path: ['a'] },
  { head: 'x: 1\na:\n    b: ', column: 4, path: ['a', 'b'] },
  { head: 'a:\n- x\n- ', column: 0, path: ['a', 1] },
  { head: 'a:\n  - b: 1 # c\n    c: ', column: 4, path: ['a', 0, 'c'] },
] as const;

export function randomFoldedText(dice: Dice): FoldedText {
  const { head, column, path } = dice.pickOf(PLACES) ?? PLACES[0];
  const lineBreak = dice.oneIn(4) ? '\r\n' : '\n';
  const step = dice.pick(1, 2, 4, 11);
  const indent = ' '.repeat(column + step);
  const [chomp, ending, kept] = dice.pick(['', '\n', 0] as const, ['-', '', 0] as const, ['+', '\n\n', 1] as const);
  const indicator = step < 10 && dice.oneIn(4) ? String(step) : '';
  let text = `${head}>${indicator}${chomp}${dice.oneIn(4) ? ' # why' : ''}\n`.replaceAll('\n', lineBreak);
  let value = '';
  const paragraphs: Paragraph[] = [];
  for (let count = 1 + dice.below(5), index = 0; index < count; index += 1) {
    const isIndented = index > 0 && dice.oneIn(6);
    const before = index === 0 ? dice.pick(0, 0, 1) : dice.pick(1, 1, 2);
    const wasIndented = paragraphs.at(-1)?.value.startsWith(' ') === true;
    const empty = index > 0 && (isIndented || wasIndented) ? before - 1 : before;
    text += `${dice.oneIn(4) ? indent : ''}${lineBreak}`.repeat(empty);
    const lines = isIndented ? [`  ${randomWords(dice, 3)}`] : randomLines(dice);
    const start = text.length;
    text += lines.map((line) => indent + line + lineBreak).join('');
    value += '\n'.repeat(before);
    paragraphs.push({ value: lines.join(' '), at: value.length, start, end: text.length });
    value += lines.join(' ');
  }
  text += lineBreak.repeat(kept) + (dice.oneIn(3) ? '' : `z: [1] # end${lineBreak}`);
  return { path, value: value + ending, text, paragraphs };
}

/** Another text for one paragraph: some words of it are others, gone or new. */
export function changedParagraph(dice: Dice, { value }: Paragraph): string {
  const words = value.trimStart().split(' ');
  const from = dice.below(words.length);
  const gone = dice.pick(0, 1, 1, words.length);
  const added = Array.from({ length: dice.pick(0, 1, 2, 30) }, () => dice.pickOf(WORDS) ?? 'a');
  const changed = words
    .toSpliced(from, gone, ...added)
    .join(' ')
    .trimStart();
  return changed === '' ? 'other' : changed;
}

/** The value with anything else in place of a stretch of it. */
export function changedAnywhere(dice: Dice, { value }: FoldedText): string {
  const from = dice.below(value.length + 1);
  const to = Math.min(value.length, from + dice.pick(0, 1, 5, 60));
  const inside = dice.pick('', ' ', '\n', '\n\n', '  ', 'word', ' w', 'w ', '\n  w\n', dice.anyText());
  const changed = value.slice(0, from) + inside + value.slice(to);
  return changed.isWellFormed() ? changed : changed.toWellFormed();
}

function randomLines(dice: Dice): readonly string[] {
  const width = dice.pick(2, 4, 8, 20);
  return Array.from({ length: 1 + dice.below(5) }, () => randomWords(dice, width));
}

/** The first is no blank. */
function randomWords(dice: Dice, most: number): string {
  const words = Array.from({ length: 1 + dice.below(most) }, () => dice.pickOf(WORDS) ?? 'a');
  return words.join(dice.oneIn(12) ? '  ' : ' ');
}
