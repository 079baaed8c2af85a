import { expect, it } from 'vitest';
import { splitShellWords } from './shell-words.ts';

it.each([
  ['a b  c', ['a', 'b', 'c']],
  ['sh -c \'echo "x y"\'', ['sh', '-c', 'echo "x y"']],
  ['--flag="a b"', ['--flag=a b']],
  ['"a\\"b" \'c\\d\'', ['a"b', 'c\\d']],
  ['a\\ b', ['a b']],
  ['"a\\nb"', ['a\\nb']],
  ['a \\\n b', ['a', 'b']],
  ['"" x', ['', 'x']],
  ['  ', []],
  ['$HOME/x "$Y"', ['$HOME/x', '$Y']],
])('%j are the words of a shell line', (line, words) => {
  expect(splitShellWords(line)).toEqual(words);
});

it.each(["it's", '"open', 'a | b', 'a; b', 'a > b', 'a \\'])('%j cannot be a list of arguments', (line) => {
  expect(splitShellWords(line)).toBeUndefined();
});
