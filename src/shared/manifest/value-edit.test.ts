import { describe, expect, it } from 'vitest';
import { insertIn, moveIn, removeIn, renameIn, setIn, valueAt } from './value-edit.ts';

const value = { a: { b: [1, 2, 3] }, c: null };

describe('an edited value', () => {
  it('is a new one, and the old one is as it was', () => {
    const before = structuredClone(value);
    expect(setIn(value, ['a', 'b', 1], 9)).toEqual({ a: { b: [1, 9, 3] }, c: null });
    expect(setIn(value, ['a', 'b', 3], 4)).toEqual({ a: { b: [1, 2, 3, 4] }, c: null });
    expect(setIn(value, ['c', 'd'], 4)).toEqual({ a: { b: [1, 2, 3] }, c: { d: 4 } });
    expect(setIn(value, ['c', 0], 4)).toEqual({ a: { b: [1, 2, 3] }, c: [4] });
    expect(setIn(value, [], 4)).toBe(4);
    expect(removeIn(value, ['a', 'b', 0])).toEqual({ a: { b: [2, 3] }, c: null });
    expect(removeIn(value, ['a'])).toEqual({ c: null });
    expect(insertIn(value, ['a', 'b'], 1, 9)).toEqual({ a: { b: [1, 9, 2, 3] }, c: null });
    expect(insertIn(value, ['n'], 0, 9)).toMatchObject({ n: [9] });
    expect(moveIn(value, ['a', 'b', 0], 2)).toEqual({ a: { b: [2, 3, 1] }, c: null });
    expect(renameIn(value, ['a'], 'z')).toEqual({ z: { b: [1, 2, 3] }, c: null });
    expect(value).toEqual(before);
  });

  it('is found by its path, and not among what every object has', () => {
    expect(valueAt(value, ['a', 'b', 2])).toBe(3);
    expect(valueAt(value, [])).toBe(value);
    expect(valueAt(value, ['toString'])).toBeUndefined();
    expect(valueAt(value, ['a', 0])).toBeUndefined();
    expect(valueAt(value, ['a', 'b', 'c'])).toBeUndefined();
  });

  it('is our mistake where a step does not fit', () => {
    expect(() => setIn(value, ['a', 0], 1)).toThrow('a list is expected');
    expect(() => setIn(value, ['a', 'b', 'c'], 1)).toThrow('a map is expected');
    expect(() => removeIn(value, [])).toThrow('no parent');
  });
});
