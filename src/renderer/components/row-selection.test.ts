import { describe, expect, it } from 'vitest';
import { rowsBetween, shareSelected, withRows, withoutGone } from './row-selection.ts';

const shown = ['a', 'b', 'c', 'd'];

describe('a selection of rows', () => {
  it('takes rows in and leaves them out, and never changes the set it was given', () => {
    const before = new Set(['a']);
    expect([...withRows(before, ['b', 'c'], true)]).toEqual(['a', 'b', 'c']);
    expect([...withRows(before, ['a', 'b'], false)]).toEqual([]);
    expect([...before]).toEqual(['a']);
  });

  it.each([
    ['a', 'c', ['a', 'b', 'c']],
    ['c', 'a', ['a', 'b', 'c']],
    ['b', 'b', ['b']],
    [undefined, 'd', ['d']],
    ['filtered-away', 'd', ['d']],
  ])('reaches from %s to %s', (from, to, rows) => {
    expect(rowsBetween(shown, from, to)).toEqual(rows);
  });

  it('says whether all of what is shown is chosen, whatever else is', () => {
    expect(shareSelected(new Set(), shown)).toBe('none');
    expect(shareSelected(new Set(['elsewhere']), shown)).toBe('none');
    expect(shareSelected(new Set(['a']), shown)).toBe('some');
    expect(shareSelected(new Set([...shown, 'elsewhere']), shown)).toBe('all');
    expect(shareSelected(new Set(['a']), [])).toBe('none');
  });

  it('loses what is gone, and is the same set while nothing is', () => {
    const selected = new Set(['a', 'b']);
    expect([...withoutGone(selected, ['b', 'c'])]).toEqual(['b']);
    expect(withoutGone(selected, ['c', 'b', 'a'])).toBe(selected);
  });
});
