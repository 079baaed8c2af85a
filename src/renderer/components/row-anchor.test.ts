import { describe, expect, it } from 'vitest';
import { anchoredOffset, type ShownRow } from './row-anchor.ts';

const ids = (count: number) => Array.from({ length: count }, (_, index) => `row-${index}`);
const startOf = (index: number) => index * 36;
/** Rows 10 to 12, scrolled by 370 px: the first is cut by 10. */
const shown: readonly ShownRow[] = [10, 11, 12].map((index) => ({
  id: `row-${index}`,
  index,
  topPx: index * 36 - 370,
}));

describe('the offset that keeps rows where they are', () => {
  it('follows rows that were removed or added above', () => {
    expect(anchoredOffset(shown, ids(40).slice(3), startOf)).toBe(370 - 3 * 36);
    expect(anchoredOffset(shown, ['new-1', 'new-2', ...ids(40)], startOf)).toBe(370 + 2 * 36);
  });

  it('is none when nothing moved: rows below may come and go', () => {
    expect(anchoredOffset(shown, ids(40), startOf)).toBeUndefined();
    expect(anchoredOffset(shown, ids(13), startOf)).toBeUndefined();
  });

  it('goes by the next row when the first on screen is gone too', () => {
    const left = ids(40).filter((id) => id !== 'row-2' && id !== 'row-10');
    expect(anchoredOffset(shown, left, startOf)).toBe(370 - 2 * 36);
  });

  it('is none when no row on screen is left, and never above the top', () => {
    expect(anchoredOffset(shown, ['other'], startOf)).toBeUndefined();
    expect(anchoredOffset([{ id: 'row-1', index: 1, topPx: 20 }], ['row-1'], startOf)).toBe(0);
  });
});
