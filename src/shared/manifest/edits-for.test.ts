import { describe, expect, it } from 'vitest';
import { editsFor } from './edits-for.ts';
import { jsonEqual } from './json-equal.ts';

describe('edits from one value to another', () => {
  it('are none for what is the same', () => {
    expect(editsFor({ a: [1, { b: 2n }] }, { a: [1, { b: 2 }] })).toEqual([]);
  });

  it('touch only the members that differ, what is new before what goes', () => {
    expect(editsFor({ a: 1, b: { c: 2, d: 3 }, e: 4 }, { a: 1, b: { c: 5, d: 3 }, f: 6 }, ['m'])).toEqual([
      { op: 'set', path: ['m', 'b', 'c'], value: 5 },
      { op: 'set', path: ['m', 'f'], value: 6 },
      { op: 'remove', path: ['m', 'e'] },
    ]);
  });

  it('set as a whole what is of another kind or was empty', () => {
    expect(editsFor({ a: {} }, { a: { b: 1 } })).toEqual([{ op: 'set', path: ['a'], value: { b: 1 } }]);
    expect(editsFor([1], {})).toEqual([{ op: 'set', path: [], value: {} }]);
    expect(editsFor({ a: 1 }, {})).toEqual([{ op: 'set', path: [], value: {} }]);
  });

  it('know list items by their names', () => {
    const from = [{ name: 'a', v: 1 }, { name: 'b' }, { name: 'c' }];
    const to = [{ name: 'c' }, { name: 'a', v: 2 }, { name: 'd' }];
    expect(editsFor(from, to)).toEqual([
      { op: 'remove', path: [1] },
      { op: 'move', path: [1], to: 0 },
      { op: 'set', path: [1, 'v'], value: 2 },
      { op: 'insert', path: [], at: 2, value: { name: 'd' } },
    ]);
  });

  it('know scalars by themselves while no two are alike', () => {
    expect(editsFor(['a', 'b', 'c'], ['b', 'c', 'x'])).toEqual([
      { op: 'remove', path: [0] },
      { op: 'insert', path: [], at: 2, value: 'x' },
    ]);
  });

  it('keep one old item until there is a new one, so that the list never is empty', () => {
    expect(editsFor(['a', 'b'], ['x'])).toEqual([
      { op: 'remove', path: [1] },
      { op: 'insert', path: [], at: 0, value: 'x' },
      { op: 'remove', path: [1] },
    ]);
  });

  it('go by places where nothing has a name', () => {
    expect(editsFor([1, 1, 2, 3], [1, 1, 5, 3])).toEqual([{ op: 'set', path: [2], value: 5 }]);
    expect(editsFor([1, 1, 3], [1, 1, 1, 3])).toEqual([{ op: 'insert', path: [], at: 2, value: 1 }]);
    expect(editsFor([[1], [2], [2]], [[1]])).toEqual([
      { op: 'remove', path: [1] },
      { op: 'remove', path: [1] },
    ]);
  });
});

describe('the same value', () => {
  it('has the same numbers, whatever they are kept as, and keys in any order', () => {
    expect(jsonEqual(2 ** 60, 2n ** 60n)).toBe(true);
    expect(jsonEqual(2 ** 60, 2n ** 60n + 1n)).toBe(false);
    expect(jsonEqual(0.5, 0n)).toBe(false);
    expect(jsonEqual(1n, 1n)).toBe(true);
    expect(jsonEqual({ a: 1, b: [null] }, { b: [null], a: 1 })).toBe(true);
    expect(jsonEqual({ toString: 1 }, { a: 1 })).toBe(false);
    expect(jsonEqual([1], [1, 2])).toBe(false);
    expect(jsonEqual([], {})).toBe(false);
    expect(jsonEqual('1', 1)).toBe(false);
    expect(jsonEqual(null, {})).toBe(false);
  });
});
