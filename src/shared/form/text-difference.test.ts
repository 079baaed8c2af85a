import fc from 'fast-check';
import { expect, it } from 'vitest';
import { differenceOf, joinReplacements, type Replacement, replacementBy } from './text-difference.ts';

const piece = fc.string({ maxLength: 6, unit: fc.constantFrom('a', 'b', '\n', '😀') });
/** Long enough for several strides, of few letters, so that much is equal by chance. */
const long = fc.tuple(piece, fc.nat(90_000)).map(([unit, count]) => (unit + 'a').repeat(count));

function apply(text: string, { offset, removed, inserted }: Replacement): string {
  expect(text.slice(offset, offset + removed.length)).toBe(removed);
  return text.slice(0, offset) + inserted + text.slice(offset + removed.length);
}

it('is the smallest piece by which one text becomes the other', () => {
  fc.assert(
    fc.property(long, piece, piece, long, (head, removed, inserted, tail) => {
      const [before, after] = [head + removed + tail, head + inserted + tail];
      const found = differenceOf(before, after);
      expect(apply(before, found)).toBe(after);
      expect(found.removed.length).toBeLessThanOrEqual(removed.length);
      expect(found.inserted.length).toBeLessThanOrEqual(inserted.length);
      const [first, last] = [found.removed[0], found.removed.at(-1)];
      if (first !== undefined && found.inserted !== '') {
        expect(found.inserted[0]).not.toBe(first);
        expect(found.inserted.at(-1)).not.toBe(last);
      }
    }),
    { numRuns: 200 },
  );
});

it('two pieces, wherever they are, become one that leads from the first text to the last', () => {
  fc.assert(
    fc.property(fc.tuple(piece, piece, piece), fc.tuple(piece, piece, piece), fc.nat(9), (texts, more, cut) => {
      const first = texts.join('');
      const between = texts[0] + more[1] + texts[2];
      const last = between.slice(0, cut) + more[2] + between.slice(cut + more[0].length);
      const joined = joinReplacements(between, differenceOf(first, between), differenceOf(between, last));
      expect(apply(first, joined)).toBe(last);
    }),
    { numRuns: 500 },
  );
});

it('is what an editor tells, and looked for where that is of another text', () => {
  const told = { before: 'aXa', offset: 1, length: 1, inserted: 'a' };
  expect(replacementBy(told, 'aXa', 'aaa')).toEqual({ offset: 1, removed: 'X', inserted: 'a' });
  expect(replacementBy({ ...told, before: 'XXa' }, 'aXa', 'aaa')).toEqual({ offset: 1, removed: 'X', inserted: 'a' });
  expect(replacementBy(told, 'aXa', 'aaaa')).toEqual(differenceOf('aXa', 'aaaa'));
});
