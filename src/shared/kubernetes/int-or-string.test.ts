import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePercent, resolveIntOrPercent } from './int-or-string.ts';

describe('a number or a percentage', () => {
  it('takes a number as it is', () => {
    expect(resolveIntOrPercent(2, 10, 'up')).toBe(2);
    expect(resolveIntOrPercent(0, 10, 'up')).toBe(0);
  });

  it('rounds 10 % of 24 nodes up to 3 and down to 2', () => {
    expect(resolveIntOrPercent('10%', 24, 'up')).toBe(3);
    expect(resolveIntOrPercent('10%', 24, 'down')).toBe(2);
  });

  it('is exact where floating point is not', () => {
    expect(resolveIntOrPercent('7%', 100, 'up')).toBe(7);
    expect(resolveIntOrPercent('29%', 100, 'down')).toBe(29);
  });

  it.each(['ten', '10', '-5%', '5.5%', '%', '', ' 5%'])('has no count for %j', (text) => {
    expect(resolveIntOrPercent(text, 10, 'up')).toBeUndefined();
    expect(parsePercent(text)).toBeUndefined();
  });

  it('has no count for a fraction', () => {
    expect(resolveIntOrPercent(1.5, 10, 'up')).toBeUndefined();
  });

  it('never differs by more than one between up and down, and never leaves the total', () => {
    fc.assert(
      fc.property(fc.nat(100), fc.nat(100_000), (percent, total) => {
        const up = resolveIntOrPercent(`${percent}%`, total, 'up') ?? Number.NaN;
        const down = resolveIntOrPercent(`${percent}%`, total, 'down') ?? Number.NaN;
        expect(up - down === 0 || up - down === 1).toBe(true);
        expect(down).toBeGreaterThanOrEqual(0);
        expect(up).toBeLessThanOrEqual(total);
      }),
    );
  });
});
