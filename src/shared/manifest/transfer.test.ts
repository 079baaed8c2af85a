import { describe, expect, it } from 'vitest';
import { applyManifestEdits } from './edit-manifest.ts';
import type { ManifestEdit } from './manifest-edit.ts';
import { applyTextEdits } from './text-edit.ts';

function edited(text: string, edit: ManifestEdit): string {
  const result = applyManifestEdits(text, 0, [edit]);
  if (!result.ok) throw new Error(`${result.problem.reason} at line ${result.problem.line}: ${result.problem.message}`);
  expect(applyTextEdits(text, result.textEdits)).toBe(result.text);
  expect(applyTextEdits(result.text, result.inverse)).toBe(text);
  return result.text;
}

function problem(text: string, edit: ManifestEdit) {
  const result = applyManifestEdits(text, 0, [edit]);
  return result.ok ? result.text : result.problem;
}

describe('moving an item to another list', () => {
  const transfer = (path: ManifestEdit['path'], into: ManifestEdit['path'], pruneEmpty = 0): ManifestEdit => ({
    op: 'transfer',
    path,
    into,
    at: 'end',
    pruneEmpty,
  });

  it.each([
    [
      'with its comments, to a list further right',
      'a:\n# own\n- x: 1 # beside\n  # among\n  y: 2\n- z\nb:\n    - w\n',
      'a:\n- z\nb:\n    - w\n    # own\n    - x: 1 # beside\n      # among\n      y: 2\n',
    ],
    [
      'to a list further left, a comment that stands further left still',
      'a:\n    - x:\n # left\n        y: "1\n          2"\n    - z\nb:\n- w\n',
      'a:\n    - z\nb:\n- w\n- x:\n# left\n    y: "1\n      2"\n',
    ],
    [
      'with a block scalar, its indicator and its blanks',
      'a:\n- |2\n    x\n\n   \n  \ty\n- z\nb:\n  - w\n',
      'a:\n- z\nb:\n  - w\n  - |2\n      x\n\n     \n    \ty\n',
    ],
    ['to a list that is made', 'a:\n  - x # c\n  - y\n', 'a:\n  - y\nb:\n  - x # c\n'],
    ['to an empty one', 'a:\n- x # c\n- y\nb: [] # d\n', 'a:\n- y\nb: # d\n- x # c\n'],
    ['and an empty list stays', 'a:\n- x # c\nb:\n- y\n', 'a: []\nb:\n- y\n- x # c\n'],
    [
      'with line ends of Windows',
      'a:\r\n- x: |\r\n   1\r\n- y\r\nb:\r\n  - w\r\n',
      'a:\r\n- y\r\nb:\r\n  - w\r\n  - x: |\r\n     1\r\n',
    ],
    ['with tabs in it', 'a:\n- "x\ty" # c\td\n- y\nb:\n  - w\n', 'a:\n- y\nb:\n  - w\n  - "x\ty" # c\td\n'],
    [
      'behind the last line of a text that has no final line break',
      'a:\n- x # c\n- y\nb:\n  - w',
      'a:\n- y\nb:\n  - w\n  - x # c\n',
    ],
    ['of two in brackets', 'a: [ "x", y]\nb: [w]\n', 'a: [ y]\nb: [w, "x"]\n'],
    ['out of brackets, anew', "a: ['x', y]\nb:\n- w\n", 'a: [y]\nb:\n- w\n- x\n'],
    ['into brackets, anew', 'a:\n- x: 1\n- y # c\nb: [w]\n', 'a:\n- y # c\nb: [w, {x: 1}]\n'],
    [
      'with an alias that still has its anchor',
      's: &s 1\na:\n- x: *s\n- y\nb: []\n',
      's: &s 1\na:\n- y\nb:\n- x: *s\n',
    ],
  ])('takes it %s', (_, text, expected) => {
    expect(edited(text, transfer(['a', 0], ['b']))).toBe(expected);
  });

  it('takes the last line of a text without a final line break, and the list that it leaves empty', () => {
    expect(edited('b:\n- w\na:\n  # c\n  - |\n    x', transfer(['a', 0], ['b'], 1))).toBe('b:\n- w\n# c\n- |-\n  x\n');
  });

  it('takes it out of a list in a list, and within one list moves it', () => {
    const within: ManifestEdit = { op: 'transfer', path: ['a', 0], into: ['a'], at: 'end' };
    expect(edited('a:\n- - x # c\n  - y\n- z\n', { ...within, path: ['a', 0, 0], at: 0 })).toBe(
      'a:\n- x # c\n- - y\n- z\n',
    );
    expect(edited('a:\n- x # c\n- y\n', within)).toBe('a:\n- y\n- x # c\n');
  });

  it.each([
    ['an alias whose anchor would come later', 'a:\n- w\nb:\n- &s 1\n- x: *s\n', ['b', 1], ['a'], 'Foreign'],
    ['an anchor that is used elsewhere', 'a:\n- w: &s 1\nb:\n- x: *s\n', ['a', 0], ['b'], 'Foreign'],
    ['brackets for an item with a comment', 'a:\n- x: 1 # c\nb: [w]\n', ['a', 0], ['b'], 'Foreign'],
    ['brackets for an item with a comment above', 'a:\n# c\n- x: 1\n- y\nb: [w]\n', ['a', 0], ['b'], 'Foreign'],
    [
      'another place for an item in brackets with a comment',
      'a: [[1, # c\n 2]]\nb:\n- w\n',
      ['a', 0],
      ['b'],
      'Foreign',
    ],
    ['a list that an alias decides', 's: &s [1]\na: [w]\nb: *s\n', ['a', 0], ['b'], 'Foreign'],
    ['a list in the item itself', 'a:\n- w: [1]\n', ['a', 0], ['a', 0, 'w'], 'WrongKind'],
    ['a key', 'a: {w: 1}\nb: []\n', ['a', 'w'], ['b'], 'WrongKind'],
    ['what is not there', 'a: []\nb: []\n', ['a', 0], ['b'], 'NotFound'],
    ['a place that is no list', 'a: [1]\nb: {c: 1}\n', ['a', 0], ['b'], 'WrongKind'],
  ] as const)('refuses %s', (_, text, path, into, reason) => {
    expect(problem(text, transfer(path, into))).toMatchObject({ reason });
  });
});
