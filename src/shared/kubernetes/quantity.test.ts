import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addQuantities,
  compareQuantities,
  formatQuantity,
  parseQuantity,
  quantityToNumber,
  type Quantity,
} from './quantity.ts';

function quantity(text: string): Quantity {
  const parsed = parseQuantity(text);
  if (parsed === undefined) throw new Error(`${text} is no quantity`);
  return parsed;
}

describe('a quantity', () => {
  it.each([
    ['0', '0'],
    ['100m', '100m'],
    ['0.1', '100m'],
    ['1.5Gi', '1536Mi'],
    ['1024Mi', '1Gi'],
    ['512Mi', '512Mi'],
    ['1000m', '1'],
    ['1000k', '1M'],
    ['2e3', '2e3'],
    ['2E3', '2e3'],
    ['12e1', '120'],
    ['.5', '500m'],
    ['5.', '5'],
    ['-1500m', '-1500m'],
    ['+1', '1'],
    ['0.5Ki', '512'],
    ['1.1Ki', '1126400m'],
    ['798743.68Mi', '837543452999680m'],
    ['100Ei', '9223372036854775807'],
    ['0.1n', '1n'],
    ['1E', '1E'],
    ['1Ei', '1Ei'],
    ['3000000000000000000000n', '3T'],
  ])('%s is written %s', (text, canonical) => {
    expect(formatQuantity(quantity(text))).toBe(canonical);
  });

  it.each(['', 'abc', '1 Gi', '1gi', '1KI', '--1', '1.2.3', 'e3', '.', '1e', '1e9999', '0x10', '1Gi ', '１'])(
    '%j is refused',
    (text) => {
      expect(parseQuantity(text)).toBeUndefined();
    },
  );

  it('compares across units', () => {
    expect(compareQuantities(quantity('1Gi'), quantity('1G'))).toBe(1);
    expect(compareQuantities(quantity('500m'), quantity('0.5'))).toBe(0);
    expect(compareQuantities(quantity('100Mi'), quantity('1Gi'))).toBe(-1);
  });

  it('adds in the format of the first that is not zero', () => {
    expect(formatQuantity(addQuantities(quantity('100m'), quantity('1')))).toBe('1100m');
    expect(formatQuantity(addQuantities(quantity('0'), quantity('64Mi')))).toBe('64Mi');
  });

  it('is a number of whole units for charts', () => {
    expect(quantityToNumber(quantity('250m'))).toBe(0.25);
    expect(quantityToNumber(quantity('2Ki'))).toBe(2048);
    expect(quantityToNumber(quantity('-1500m'))).toBe(-1.5);
  });

  it('keeps its value when its canonical text is read again', () => {
    const suffix = fc.constantFrom('', 'n', 'u', 'm', 'k', 'M', 'Ki', 'Mi', 'Gi', 'e3', 'e-2');
    fc.assert(
      fc.property(fc.integer({ min: -999_999, max: 999_999 }), fc.nat(999), suffix, (whole, fraction, unit) => {
        const first = quantity(`${whole}.${fraction}${unit}`);
        expect(quantity(formatQuantity(first)).nanos).toBe(first.nanos);
      }),
    );
  });
});
