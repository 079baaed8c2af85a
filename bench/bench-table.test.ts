import { describe, expect, it } from 'vitest';
import { formatTable, median, meetsGoal, percentile, worst } from './bench-table.ts';

const first = { what: 'first rows', unit: 'ms', values: [120, 900, 130], goal: { atMost: 150 } } as const;
const frames = { what: 'scrolling', unit: 'frames/s', values: [60, 40], goal: { atLeast: 55 } } as const;

describe('the figures of a benchmark', () => {
  it('are told by their median, so that one slow run does not decide', () => {
    expect(median(first.values)).toBe(130);
    expect(median(frames.values)).toBe(50);
    expect(meetsGoal(first)).toBe(true);
    expect(meetsGoal(frames)).toBe(false);
    expect(meetsGoal({ what: 'kubectl', unit: 'ms', values: [3] })).toBeUndefined();
  });

  it('show as worst the value farthest from the goal', () => {
    expect(worst(first)).toBe(900);
    expect(worst(frames)).toBe(40);
  });

  it('take a percentile by nearest rank', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => index + 1);
    expect(percentile(hundred, 0.99)).toBe(99);
    expect(percentile([7], 0.5)).toBe(7);
    expect(percentile([], 0.5)).toBeNaN();
  });

  it('stand in a table beside what could not be measured', () => {
    const text = formatTable([
      { row: 'list-5000', figures: [first] },
      { row: 'scroll', figures: [frames], failure: 'no Chromium' },
    ]);
    expect(text).toMatch(/list-5000 +first rows +3 +130 ms +900 ms +≤ 150 ms +meets/);
    expect(text).toMatch(/scroll +scrolling +2 +50\.0 frames\/s +40\.0 frames\/s +≥ 55 frames\/s +MISSES/);
    expect(text).toContain('FAILED: no Chromium');
  });
});
