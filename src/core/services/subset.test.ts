import { describe, expect, it } from 'vitest';
import { isSubset } from './subset.ts';

describe('what was sent, within what is stored', () => {
  it('allows what the server adds', () => {
    expect(isSubset({ spec: { a: 1 } }, { metadata: { uid: 'x' }, spec: { a: 1, b: 2 } })).toBe(true);
  });
  it('finds a value that differs or is missing', () => {
    expect(isSubset({ spec: { a: 1 } }, { spec: { a: 2 } })).toBe(false);
    expect(isSubset({ spec: { a: 1 } }, { spec: {} })).toBe(false);
    expect(isSubset({ spec: { a: 1 } }, undefined)).toBe(false);
    expect(isSubset('x', 1)).toBe(false);
  });
  it('compares lists by length and place', () => {
    expect(isSubset([{ name: 'a' }], [{ name: 'a', image: 'x' }])).toBe(true);
    expect(isSubset([{ name: 'a' }], [{ name: 'b' }, { name: 'a' }])).toBe(false);
    expect(isSubset([], undefined)).toBe(true);
    expect(isSubset([], [1])).toBe(false);
  });
  it('takes a dropped null or empty object as the same', () => {
    expect(isSubset({ status: null, metadata: { annotations: {} } }, { metadata: {} })).toBe(true);
  });
});
