import { describe, expect, it } from 'vitest';
import { applyManifestEdits, editManifest } from './edit-manifest.ts';
import type { ManifestEdit } from './manifest-edit.ts';
import { openManifest } from './manifest-text.ts';
import { applyTextEdits } from './text-edit.ts';

function edited(text: string, ...edits: readonly ManifestEdit[]): string {
  return editedIn(0, text, ...edits);
}

function editedIn(index: number, text: string, ...edits: readonly ManifestEdit[]): string {
  const result = applyManifestEdits(text, index, edits);
  if (!result.ok) throw new Error(`${result.problem.reason} at line ${result.problem.line}: ${result.problem.message}`);
  expect(applyTextEdits(text, result.textEdits)).toBe(result.text);
  expect(applyTextEdits(result.text, result.inverse)).toBe(text);
  return result.text;
}

function problem(text: string, ...edits: readonly ManifestEdit[]) {
  const result = applyManifestEdits(text, 0, edits);
  return result.ok ? result.text : result.problem;
}

const set = (path: ManifestEdit['path'], value: Extract<ManifestEdit, { op: 'set' }>['value']): ManifestEdit => ({
  op: 'set',
  path,
  value,
});
const remove = (path: ManifestEdit['path'], pruneEmpty = 0): ManifestEdit => ({ op: 'remove', path, pruneEmpty });
const insert = (
  path: ManifestEdit['path'],
  at: 'end' | number,
  value: Extract<ManifestEdit, { op: 'insert' }>['value'],
): ManifestEdit => ({ op: 'insert', path, at, value });
const move = (path: ManifestEdit['path'], to: number): ManifestEdit => ({ op: 'move', path, to });

describe('setting a scalar', () => {
  it.each([
    ['plain stays plain', 'a: x # c\n', 'y z', 'a: y z # c\n'],
    ['double stays double', 'a: "x"\n', 'y', 'a: "y"\n'],
    ['single stays single', "a: 'x'\n", "it's", "a: 'it''s'\n"],
    ['single becomes double where it must', "a: 'x'\n", 'tab\t', 'a: "tab\\t"\n'],
    ['a string that reads as something else is quoted', 'a: x\n', 'on', 'a: "on"\n'],
    ['base 60 is quoted, as Go quotes it', 'a: x\n', '22:22', 'a: "22:22"\n'],
    ['0o17 is a number for the API server', 'a: x\n', '0o17', 'a: "0o17"\n'],
    ['line breaks of Go are escaped', 'a: x\n', 'b\u0085c\u2028', 'a: "b\\u0085c\\u2028"\n'],
    ['an octal number stays one', 'a: 0644\n', 0o755, 'a: 0755\n'],
    ['a decimal number stays one', 'a: 420\n', 493, 'a: 493\n'],
    ['every digit of a big one is written', 'a: 1\n', 9_007_199_254_740_993n, 'a: 9007199254740993\n'],
    ['a word for a word', 'a: yes\n', false, 'a: false\n'],
    ['a text without a final line break stays one', 'b: 1\na: x', 'w', 'b: 1\na: w'],
    ['behind a colon with nothing', 'a: # c\nb: 1\n', 5, 'a: 5 # c\nb: 1\n'],
    ['for null', 'a: ~\n', 'x', 'a: x\n'],
    ['for an anchor nobody uses', 'a: &x 1\n', 2, 'a: &x 2\n'],
    ['a tag spoke of the old value', 'a: !!str 1\n', 2, 'a: 2\n'],
    ['a tag goes, its anchor stays', 'a: &x !!str 1\n', 2, 'a: &x 2\n'],
    ['a value on the line below', 'a:\n  # c\n  x # d\n', 'w', 'a:\n  # c\n  w # d\n'],
    ['one of several lines', 'a: x\n  y\n  z # c\n', 'w', 'a: w # c\n'],
    ['in a map in braces', '{a: x, b: y}\n', 'c, d', '{a: "c, d", b: y}\n'],
    ['without a colon in braces', '{a, b: 1}\n', 2, '{a: 2, b: 1}\n'],
    ['among JSON', '{"a":"x","b":[1]}\n', 'plain', '{"a":"plain","b":[1]}\n'],
    ['in a literal block', 'a: | # c\n    x\n    y\nb: 1\n', 'x\nz\n', 'a: | # c\n    x\n    z\nb: 1\n'],
    ['that needs no last line break now', 'a: |\n  x\nb: 1\n', 'x', 'a: |-\n  x\nb: 1\n'],
    ['in a folded block', 'a: >-\n  x\n  y\n', 'x z\nnew', 'a: >-\n  x\n  z\n\n  new\n'],
    ['that a block cannot show', 'a: |\n  x\n', 'x\ty\r\n', 'a: "x\\ty\\r\\n"\n'],
    ['of several lines for a plain one', 'a: x # c\nb: 1\n', 'x\ny\n', 'a: | # c\n  x\n  y\nb: 1\n'],
    [
      'of several lines before a comment that is deeper',
      'a: x\n    # c\nb: 1\n',
      'x\ny',
      'a: "x\\ny"\n    # c\nb: 1\n',
    ],
  ])('%s', (_, before, value, after) => {
    expect(edited(before, set(['a'], value))).toBe(after);
  });

  it('writes nothing for the value that is there, however it is written', () => {
    expect(edited('a: 0x10\n', set(['a'], 16))).toBe('a: 0x10\n');
    expect(edited('a: {b: yes}\n', set(['a'], { b: true }))).toBe('a: {b: yes}\n');
  });

  it('follows a wish for a style where the API server reads the same', () => {
    const style = (value: string | number, wish: object): string =>
      edited('a: x\n', { op: 'set', path: ['a'], value, style: wish });
    expect(style(420, { radix: 'octal' })).toBe('a: 0644\n');
    expect(style('x y', { quotes: 'single' })).toBe("a: 'x y'\n");
    expect(style('y', { quotes: 'plain' })).toBe('a: "y"\n');
    expect(style('b\nc\n', { block: 'folded' })).toBe('a: >\n  b\n\n  c\n');
    expect(style('one line', { block: 'literal' })).toBe('a: |-\n  one line\n');
    expect(edited('a: 1\n', { op: 'set', path: ['m', 'mode'], value: 420, style: { radix: 'octal' } })).toBe(
      'a: 1\nm:\n  mode: 0644\n',
    );
  });
});

describe('setting what is not there', () => {
  it.each([
    ['a key behind one without a value in braces', 'a: {b: }\n', ['a', 'c'], 2, 'a: {b: , c: 2 }\n'],
    [
      'a line behind one without a value',
      'a: {\n  b: 1,\n  c:\n}\n',
      ['a', 'd'],
      2,
      'a: {\n  b: 1,\n  c: ,\n  d: 2\n}\n',
    ],
    ['a key', 'a: 1\n', ['b'], 2, 'a: 1\nb: 2\n'],
    ['a key with parents', 'a: 1\n', ['b', 'c', 'd'], 2, 'a: 1\nb:\n  c:\n    d: 2\n'],
    ['a key in a place left empty', 'a: # c\nb: 1\n', ['a', 'x'], 2, 'a: # c\n  x: 2\nb: 1\n'],
    ['a key for {}', 'a: {} # c\nb: 1\n', ['a', 'x'], 2, 'a: # c\n  x: 2\nb: 1\n'],
    ['a key in braces', 'a: { x: 1 }\n', ['a', 'w'], 2, 'a: { x: 1, w: 2 }\n'],
    ['a key in braces on many lines', 'a: {\n  x: 1 # c\n}\n', ['a', 'w'], 2, 'a: {\n  x: 1, # c\n  w: 2\n}\n'],
    ['behind a comma that is there', 'a: {\n  x: 1,\n}\n', ['a', 'w'], 2, 'a: {\n  x: 1,\n  w: 2,\n}\n'],
    ['in empty braces with a comment', 'a: { # c\n}\n', ['a', 'w'], 2, 'a: {w: 2 # c\n}\n'],
    ['among JSON', '{"a":{"x":1}}', ['a', 'y'], 'z', '{"a":{"x":1, "y": "z"}}'],
    ['an item in []', 'a: []\nb: 1\n', ['a', 0], 'x', 'a:\n  - x\nb: 1\n'],
    [
      'an item by its merge key',
      'a:\nb: 1\n',
      ['a', { key: { name: 'm' } }, 'v'],
      1,
      'a:\n  - name: m\n    v: 1\nb: 1\n',
    ],
    ['the next item', 'a:\n- x\n', ['a', 1], 'w', 'a:\n- x\n- w\n'],
    [
      'before what is written below',
      'a:\n  x: 1\n  # y: 2\nb: 1\n',
      ['a', 'z'],
      3,
      'a:\n  x: 1\n  z: 3\n  # y: 2\nb: 1\n',
    ],
    [
      'behind a comment that goes on',
      'a:\n  x: 1 # c\n       # d\nb: 1\n',
      ['a', 'z'],
      3,
      'a:\n  x: 1 # c\n       # d\n  z: 3\nb: 1\n',
    ],
    ['with the indentation of the document', 'a:\n    b: 1\n', ['c', 'd'], 1, 'a:\n    b: 1\nc:\n    d: 1\n'],
    ['with the lists of the document', 'a:\n- 1\n', ['c', 0], 1, 'a:\n- 1\nc:\n- 1\n'],
    ['with a key that must be quoted', 'a: 1\n', ['on'], 1, 'a: 1\n"on": 1\n'],
    ['in a text without a final line break', 'a: 1', ['b'], 2, 'a: 1\nb: 2\n'],
    ['behind a block scalar that the text ends with', 'a: |\n  x', ['b'], 2, 'a: |-\n  x\nb: 2\n'],
    ['in a text with nothing', '', ['a', 'b'], 1, 'a:\n  b: 1\n'],
    ['in a text with comments only', '# c', ['a'], 1, '# c\na: 1\n'],
    ['with Windows line ends', 'a: 1\r\n', ['b', 'c'], 'x\ny', 'a: 1\r\nb:\r\n  c: |-\r\n    x\r\n    y\r\n'],
    ['behind a byte order mark', '\ufeffa: 1\n', ['b'], 2, '\ufeffa: 1\nb: 2\n'],
    ['before a marker of the end', 'a: 1\n...\n', ['b'], 2, 'a: 1\nb: 2\n...\n'],
    ['empty collections', 'a: 1\n', ['b'], { c: {}, d: [] }, 'a: 1\nb:\n  c: {}\n  d: []\n'],
    ['lists in lists', 'a: 1\n', ['b'], [[1, [2]], { c: [3] }], 'a: 1\nb:\n  - - 1\n    - - 2\n  - c:\n      - 3\n'],
  ] as const)('makes %s', (_, before, path, value, after) => {
    expect(edited(before, set(path, value))).toBe(after);
  });

  it('finds a port by its merge key when the protocol is left to its default', () => {
    const path = ['ports', { key: { containerPort: 80, protocol: 'TCP' } }, 'name'];
    expect(edited('ports:\n  - containerPort: 80\n', set(path, 'http'))).toBe(
      'ports:\n  - containerPort: 80\n    name: http\n',
    );
    expect(edited('ports:\n  - {containerPort: 80, protocol: UDP}\n', set(path, 'http'))).toBe(
      'ports:\n  - {containerPort: 80, protocol: UDP}\n  - containerPort: 80\n    protocol: TCP\n    name: http\n',
    );
  });
});

describe('setting a map or list', () => {
  it('changes the members that differ, and keeps order, comments and style of the others', () => {
    const text = 'm:\n  a: "1" # one\n  # two\n  b: 0x2\n  c: 3\n';
    expect(edited(text, set(['m'], { c: 3, b: 2, a: '4', d: [5] }))).toBe(
      'm:\n  a: "4" # one\n  # two\n  b: 0x2\n  c: 3\n  d:\n    - 5\n',
    );
  });

  it('tells items apart by the field that names them', () => {
    const text = 'l:\n  # first\n  - name: a\n    v: 1 # x\n  # second\n  - name: b\n';
    expect(edited(text, set(['l'], [{ name: 'b' }, { name: 'a', v: 2 }]))).toBe(
      'l:\n  # second\n  - name: b\n  # first\n  - name: a\n    v: 2 # x\n',
    );
  });

  it('writes another kind of value in place of the old one', () => {
    expect(edited('a: # c\n  # of x\n  x: 1\n  # left\nb: 1\n', set(['a'], 'w'))).toBe('a: w # c\n  # left\nb: 1\n');
    expect(edited('a: x # c\nb: 1\n', set(['a'], { u: [1] }))).toBe('a: # c\n  u:\n    - 1\nb: 1\n');
    expect(edited('a:\n  - x: 1\n    y: 2\n  - z\n', set(['a', 0], 'w'))).toBe('a:\n  - w\n  - z\n');
    expect(edited('a:\n  - w # c\n  - z\n', set(['a', 0], { x: 1, u: 2 }))).toBe('a:\n  - x: 1 # c\n    u: 2\n  - z\n');
    expect(edited('a:\n  -   w\n', set(['a', 0], { x: 1, u: 2 }))).toBe('a:\n  -   x: 1\n      u: 2\n');
    expect(edited('a:\n  - &u w\n', set(['a', 0], { x: 1 }))).toBe('a:\n  - &u\n    x: 1\n');
  });
});

describe('removing', () => {
  it.each([
    [
      'a key with its comments',
      'a: 1\n# of b\n# too\nb: 2 # beside\n    # on\n# of c\nc: 3\n',
      ['b'],
      'a: 1\n# of c\nc: 3\n',
    ],
    ['the first key', '# of a\na: 1\nb: 2\n', ['a'], 'b: 2\n'],
    ['the last key', 'a: 1\nb: 2', ['b'], 'a: 1\n'],
    ['no comment behind a blank line', '# loose\n\na: 1\nb: 2\n', ['a'], '# loose\n\nb: 2\n'],
    ['no comment of another indentation', 'm:\n  a: 1\n# not of b\n  b: 2\n', ['m', 'b'], 'm:\n  a: 1\n# not of b\n'],
    ['all that is inside', 'a:\n  x: 1\n\n  # in a\n\nb: 2\n', ['a'], '\nb: 2\n'],
    ['the only key', 'a: # c\n  # of b\n  b: 1\nd: 2\n', ['a', 'b'], 'a: {} # c\nd: 2\n'],
    ['the only item', 'a:\n- 1\nd: 2\n', ['a', 0], 'a: []\nd: 2\n'],
    ['all of the root', '# c\n\na: 1\n', ['a'], '# c\n\n{}\n'],
    ['the first key of an item', 'l:\n  - a: 1 # of a\n    b: 2\n', ['l', 0, 'a'], 'l:\n  - b: 2\n'],
    [
      'it, but not the comment between',
      'l:\n  - a: 1\n    # of b\n    b: 2\n',
      ['l', 0, 'a'],
      'l:\n  -\n    # of b\n    b: 2\n',
    ],
    ['the first item of an item', 'l:\n- - a\n  - b\n', ['l', 0, 0], 'l:\n- - b\n'],
    ['the only key of an item', 'l:\n  - a: 1\n  - b\n', ['l', 0, 'a'], 'l:\n  - {}\n  - b\n'],
    ['a block scalar to its end', 'a: |+\n  x\n\nb: 1\n', ['a'], 'b: 1\n'],
    ['and the blank line that |+ would take', 'a: |+\n  x\nb: 1\n\nc: 2\n', ['b'], 'a: |+\n  x\nc: 2\n'],
    ['in braces', '{a: 1, b: 2, c: 3}\n', ['b'], '{a: 1, c: 3}\n'],
    ['the last in braces', '{a: 1, b: 2 }\n', ['b'], '{a: 1 }\n'],
    ['the only one in braces', '{ a: 1 }\n', ['a'], '{}\n'],
    ['its line in brackets', 'a: [\n  # of x\n  x, # beside\n  y\n]\n', ['a', 0], 'a: [\n  y\n]\n'],
    ['the last line in brackets', 'a: [\n  x, # beside\n  y\n]\n', ['a', 1], 'a: [\n  x # beside\n]\n'],
    ['the last line of JSON', '{\n  "a": 1,\n  "b": 2\n}\n', ['b'], '{\n  "a": 1\n}\n'],
    ['in the middle of a line', 'a: [\n  x, y,\n  z\n]\n', ['a', 1], 'a: [\n  x,\n  z\n]\n'],
    ['with Windows line ends', 'a: 1\r\nb: 2\r\nc: 3\r\n', ['b'], 'a: 1\r\nc: 3\r\n'],
    ['an item by its merge key', 'l:\n- name: a\n- name: b\n', ['l', { key: { name: 'a' } }], 'l:\n- name: b\n'],
    ['what is not there', 'a: 1\n', ['b', 'c'], 'a: 1\n'],
    ['an item behind the last', 'a: [1]\n', ['a', 7], 'a: [1]\n'],
  ] as const)('takes %s', (_, before, path, after) => {
    expect(edited(before, remove(path))).toBe(after);
  });

  it('takes as many empty parents with it as it may', () => {
    const text = 'a:\n  b:\n    c: 1\nd: 2\n';
    expect(edited(text, remove(['a', 'b', 'c'], 1))).toBe('a: {}\nd: 2\n');
    expect(edited(text, remove(['a', 'b', 'c'], 2))).toBe('d: 2\n');
    expect(edited(text, remove(['a', 'b', 'c'], 9))).toBe('d: 2\n');
    expect(edited('a:\n  b:\n    c: 1\n  e: 1\n', remove(['a', 'b', 'c'], 9))).toBe('a:\n  e: 1\n');
  });
});

describe('inserting and moving', () => {
  const list = 'l:\n  # of a\n  - a # beside\n  - b\n  # after\n\n  - c\n';

  it('inserts where it is told, comments of the others with them', () => {
    expect(edited(list, insert(['l'], 0, 'x'))).toBe(list.replace('l:\n', 'l:\n  - x\n'));
    expect(edited(list, insert(['l'], 1, { k: 1, m: 2 }))).toBe(list.replace('  - b', '  - k: 1\n    m: 2\n  - b'));
    expect(edited(list, insert(['l'], 'end', 'x'))).toBe(`${list}  - x\n`);
    expect(edited('a: 1\n', insert(['l'], 'end', 'x'))).toBe('a: 1\nl:\n  - x\n');
    expect(edited('l: [a, b]\n', insert(['l'], 1, 'x'))).toBe('l: [a, x, b]\n');
    expect(edited('l: [a, b,]\n', insert(['l'], 'end', 'x'))).toBe('l: [a, b, x,]\n');
    expect(edited('l: [\n  a, # of a\n  b\n]\n', insert(['l'], 1, 'x'))).toBe('l: [\n  a, # of a\n  x,\n  b\n]\n');
    expect(edited('l:\n- - a\n  - b\n', insert(['l', 0], 0, 'x'))).toBe('l:\n- - x\n  - a\n  - b\n');
  });

  it('moves an item with the comments that belong to it', () => {
    expect(edited(list, move(['l', 0], 1))).toBe('l:\n  - b\n  # of a\n  - a # beside\n  # after\n\n  - c\n');
    expect(edited(list, move(['l', 2], 0))).toBe('l:\n  - c\n  # of a\n  - a # beside\n  - b\n  # after\n\n');
    expect(edited('l:\n- - a # of a\n  - b\n', move(['l', 0, 0], 1))).toBe('l:\n- - b\n  - a # of a\n');
    expect(edited('l:\n- - a\n  # of b\n  - b\n', move(['l', 0, 1], 0))).toBe('l:\n- # of b\n  - b\n  - a\n');
    expect(edited('l: [a, {b: 1}, c]\n', move(['l', 2], 0))).toBe('l: [c, a, {b: 1}]\n');
    expect(edited('l:\n- a\n- |\n  b', move(['l', 1], 0))).toBe('l:\n- |-\n  b\n- a\n');
  });

  it('renames a key and leaves its value, its place and its quotes', () => {
    expect(edited('a: 1\n"b": [1] # c\n', { op: 'rename', path: ['b'], to: 'on' })).toBe('a: 1\n"on": [1] # c\n');
    expect(edited('{a: 1}\n', { op: 'rename', path: ['a'], to: 'b, c' })).toBe('{"b, c": 1}\n');
  });
});

describe('one of several documents', () => {
  const text = '# head\n---\na: 1\n# of the second\n---\n# c\na: 1\n...\n---\n';

  it('is edited by its own index, and the others keep every byte', () => {
    expect(editedIn(0, text, set(['a'], 2))).toBe(text.replace('a: 1', 'a: 2'));
    expect(editedIn(1, text, set(['b'], 2))).toBe(text.replace('a: 1\n...', 'a: 1\nb: 2\n...'));
    expect(editedIn(2, text, set(['b'], 2))).toBe(`${text}b: 2\n`);
  });

  it('is edited when another one does not parse', () => {
    expect(editedIn(0, 'a: 1\n---\nb: [\n', set(['a'], 2))).toBe('a: 2\n---\nb: [\n');
    expect(applyManifestEdits('a: 1\n---\nb: [\n', 1, [set(['b'], 2)])).toMatchObject({
      problem: { reason: 'Unreadable' },
    });
    expect(applyManifestEdits('a: 1\n', 1, [set(['b'], 2)])).toMatchObject({ problem: { reason: 'NoDocument' } });
  });
});

describe('refusing', () => {
  const anchors = 'base: &b\n  x: 1\nuse: *b\nmerged:\n  <<: *b\n  q: 2\nlist:\n  - &i {a: 1}\n  - *i\n  - z\n';

  it.each([
    ['an alias', set(['use'], 1), 'Foreign', 3, 'use is the alias *b: edit it in YAML'],
    ['a field of an alias', set(['use', 'x'], 2), 'Foreign', 3, 'alias'],
    ['a field under an anchor in use', set(['base', 'x'], 2), 'Foreign', 1, 'has the anchor &b'],
    ['to remove an anchor in use', remove(['base']), 'Foreign', 1, 'has the anchor &b'],
    ['to remove what holds an anchor in use', remove(['list', 0]), 'Foreign', 8, '&i'],
    ['a key from a merge', set(['merged', 'x'], 2), 'Foreign', 4, 'merge key'],
    ['a key of a list', set(['list', 'a'], 1), 'WrongKind', 7, 'list is not a map'],
    ['an index of a map', set(['merged', 0], 1), 'WrongKind', 4, 'merged is not a list'],
    ['a field of a number', set(['merged', 'q', 'z'], 1), 'WrongKind', 6, 'merged.q is not a map'],
    ['an index far behind', set(['list', 9], 1), 'NotFound', 7, 'list has 3 items'],
    ['to move what is not there', move(['none', 0], 0), 'NotFound', 1, 'there is no none[0]'],
    ['to move to nowhere', move(['list', 2], 5), 'NotFound', 10, 'no place 5'],
    ['to move a key', move(['merged', 'q'], 0), 'WrongKind', 6, 'only an item of a list'],
    ['to rename an item', { op: 'rename', path: ['list', 0], to: 'x' }, 'Foreign', 8, '&i'],
    ['a name that is taken', { op: 'rename', path: ['merged', 'q'], to: 'x' }, 'Exists', 6, 'already'],
    ['infinity', set(['new'], Infinity), 'NotWritable', 1, 'JSON'],
    ['half a character', set(['new'], '\ud800'), 'NotWritable', 1, 'surrogate'],
    ['__proto__', set(['__proto__'], 1), 'NotWritable', 1, '__proto__'],
    ['a removal of all', remove([]), 'WrongKind', 1, 'document'],
  ] as const)('%s', (_, edit, reason, line, message) => {
    expect(problem(anchors, edit)).toMatchObject({ reason, line, message: expect.stringContaining(message) });
  });

  it('leaves alone a key beside a merge that does not bring it', () => {
    expect(edited(anchors, set(['merged', 'q'], 3), set(['merged', 'z'], 4))).toBe(
      anchors.replace('  q: 2\n', '  q: 3\n  z: 4\n'),
    );
  });

  it('two items of one merge key', () => {
    expect(problem('l:\n- name: a\n- name: a\n', set(['l', { key: { name: 'a' } }, 'x'], 1))).toMatchObject({
      reason: 'Ambiguous',
      message: '2 items are l[name=a]: edit them in YAML',
    });
  });

  it('a whole list of edits when one of them cannot be done', () => {
    const result = problem('a: 1\nb: &x 2\nc: *x\n', set(['a'], 5), set(['c'], 3));
    expect(result).toMatchObject({ reason: 'Foreign', path: ['c'], line: 3 });
  });

  it('a text that is no YAML, at its line', () => {
    expect(problem('a: 1\nb: [\n', set(['a'], 2))).toMatchObject({ reason: 'Unreadable', line: expect.any(Number) });
    expect(problem(`a: ${'['.repeat(200)}`, set(['a'], 2))).toMatchObject({ reason: 'Unreadable', line: 1 });
  });

  it('a value deeper than the API server takes', () => {
    let deep: Extract<ManifestEdit, { op: 'set' }>['value'] = 1;
    for (let level = 0; level < 100_000; level += 1) deep = [deep];
    expect(problem('a: 1\n', set(['b'], deep))).toMatchObject({ reason: 'NotWritable' });
  });
});

describe('a session of edits', () => {
  it('goes on from the text that is parsed already', () => {
    const opened = openManifest('a: 1\n');
    if (!opened.ok) throw new Error(opened.finding.message);
    const first = editManifest(opened.manifest, 0, [set(['b'], [1])]);
    if (!first.ok) throw new Error(first.problem.message);
    const second = editManifest(first.manifest, 0, [insert(['b'], 'end', 2), remove(['a'])]);
    expect(second).toMatchObject({ ok: true, text: 'b:\n  - 1\n  - 2\n' });
  });

  it('gives the shortest text edit that does it', () => {
    expect(applyManifestEdits('image: nginx:1.27 # c\n', 0, [set(['image'], 'nginx:1.28')])).toMatchObject({
      textEdits: [{ offset: 16, length: 1, text: '8' }],
      inverse: [{ offset: 16, length: 1, text: '7' }],
    });
  });
});
