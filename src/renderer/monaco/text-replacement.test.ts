import fc from 'fast-check';
import { expect, it } from 'vitest';
import { replacementOf } from './text-replacement.ts';

const text = fc
  .array(fc.constantFrom('a', '\r\n', '\n', '😀', '😁', '\u{1F300}'), { maxLength: 8 })
  .map((all) => all.join(''));

/** Offsets between whole characters, of which a CRLF is one. */
function boundaries(of: string): ReadonlySet<number> {
  const found = new Set([0]);
  for (const match of of.matchAll(/\r\n|[^]/gu)) found.add(match.index + match[0].length);
  return found;
}

it('makes the one text of the other, and cuts no character in two', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const edit = replacementOf(before, after);
      if (!edit) throw new Error('both are small');
      expect(before.slice(0, edit.start) + edit.text + before.slice(edit.end)).toBe(after);
      expect(boundaries(before)).toContain(edit.start);
      expect(boundaries(before)).toContain(edit.end);
      expect(boundaries(after)).toContain(edit.start);
    }),
    { numRuns: 2000 },
  );
});

it('is as small as what differs, in a large text too', () => {
  const [head, tail] = ['a: b\n'.repeat(200_000), 'c: d\n'.repeat(100_000)];
  expect(replacementOf(`${head}x${tail}`, `${head}yz${tail}`)).toEqual({
    start: head.length,
    end: head.length + 1,
    text: 'yz',
  });
});

it('is none where another text takes the place', () => {
  expect(replacementOf('a', 'b'.repeat(30_000))).toBeUndefined();
});
