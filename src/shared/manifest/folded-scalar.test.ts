import { expect, it } from 'vitest';
import { refolded } from './folded-scalar.ts';

const LINES = [
  '  The agent reads every log of its node and',
  '  sends what it finds to the collector.',
  ' ',
  '  A second paragraph, wrapped',
  '  where somebody liked it.',
];
const TEXT =
  'The agent reads every log of its node and sends what it finds to the collector.\nA second paragraph, wrapped where somebody liked it.';

function lines(text: string, header = '>-'): readonly string[] | undefined {
  return refolded({ header, column: 2, lines: LINES }, text)?.lines;
}

it.each([
  [
    'a word for a word',
    TEXT.replace('finds', 'has found'),
    [0],
    ['  sends what it has found to the collector.'],
    [2, 3, 4],
  ],
  [
    'more words than the longest line has room for',
    TEXT.replace('what it finds', 'all that it finds in there'),
    [0],
    ['  sends all that it finds in there to the', '  collector.'],
    [2, 3, 4],
  ],
  ['a source line that is gone', TEXT.replace(' sends what it finds to the collector.', ''), [0], [], [2, 3, 4]],
  ['a first word', TEXT.replace('The agent', 'It'), [], ['  It reads every log of its node and'], [1, 2, 3, 4]],
  ['a new paragraph', TEXT.replace('\n', '\nNew.\n'), [0, 1], ['', '  New.'], [2, 3, 4]],
  ['a line break more', TEXT.replace('\n', '\n\n'), [0, 1], ['', ''], [3, 4]],
  ['lines that are not folded', TEXT.replace('\n', '\n  code\n'), [0, 1], ['    code'], [3, 4]],
] as const)('keeps the source lines around %s', (_, text, head, between, tail) => {
  const of = (kept: readonly number[]) => kept.map((index) => LINES[index]);
  expect(lines(text)).toEqual([...of(head), ...between, ...of(tail)]);
});

it('says by its header what it ends with', () => {
  expect(refolded({ header: '>2-', column: 2, lines: LINES }, TEXT)).toEqual({ header: '>2-', lines: LINES });
  expect(refolded({ header: '>2-', column: 2, lines: LINES }, `${TEXT}\n`)?.header).toBe('>2');
  expect(refolded({ header: '>', column: 2, lines: LINES }, `${TEXT}\n\n`)).toEqual({
    header: '>+',
    lines: [...LINES, ''],
  });
  expect(refolded({ header: '>+', column: 2, lines: [...LINES, ''] }, TEXT)).toEqual({ header: '>-', lines: LINES });
});

it.each(['', '\n', ' a', '\n a', 'a\n \nb', 'a\n\tb', 'a\rb', '\ud800'])('does not fold %j', (text) => {
  expect(lines(text)).toBeUndefined();
});
