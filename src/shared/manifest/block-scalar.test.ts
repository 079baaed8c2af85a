import { describe, expect, it } from 'vitest';
import { blockScalarOf } from './block-scalar.ts';

describe('a block scalar', () => {
  it.each([
    ['a\nb', '|-', ['a', 'b']],
    ['a\nb\n', '|', ['a', 'b']],
    ['a\nb\n\n\n', '|+', ['a', 'b', '', '']],
    ['a\n\n  b\n', '|', ['a', '', '  b']],
    ['  a\nb\n', '|2', ['  a', 'b']],
    ['\n a', '|2-', ['', ' a']],
    ['# no\n- no\n', '|', ['# no', '- no']],
    ['a\tb\nc\t', '|-', ['a\tb', 'c\t']],
  ])('shows %j under %s', (text, header, lines) => {
    expect(blockScalarOf(text, 'literal', 2)).toEqual({ header, lines });
  });

  it('folds with a line for each line, and nothing wrapped', () => {
    expect(blockScalarOf('a b\nc\n\nd\n', 'folded', 2)).toEqual({ header: '>', lines: ['a b', '', 'c', '', '', 'd'] });
    expect(blockScalarOf('one', 'folded', 2)).toEqual({ header: '>-', lines: ['one'] });
    expect(blockScalarOf('a\n b', 'folded', 2)).toBeUndefined();
  });

  it.each([
    '',
    '\n',
    '\n\n',
    'a\r\nb',
    'a\n \nb',
    '\ta\nb',
    'a\n\tb',
    'a\u2028b\n',
    '\u0000\n',
    '\ud800\n',
    '\ufeffa\nb',
  ])('is not for %j', (text) => {
    expect(blockScalarOf(text, 'literal', 2)).toBeUndefined();
  });
});
