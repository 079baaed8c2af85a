import { describe, expect, it } from 'vitest';
import { openManifest } from './manifest-text.ts';
import { verifyEdit } from './verify-edit.ts';

const before = 'a: 1 # one\n# two\nb: 2\n---\nc: 3 # one\n';

function verified(after: string, expected: object, taken: { readonly start: number; readonly end: number }[] = []) {
  const opened = openManifest(before);
  if (!opened.ok) throw new Error(opened.finding.message);
  const result = verifyEdit(opened.manifest, 0, { edits: [], taken }, after, expected as never);
  return result.ok ? 'verified' : result.why;
}

describe('an edited text', () => {
  it('is taken when it reads as it must', () => {
    expect(verified(before.replace('b: 2', 'b: 5'), { a: 1, b: 5 })).toBe('verified');
  });

  it.each([
    ['reads otherwise', before.replace('b: 2', 'b: 6'), 'another value would change'],
    ['has a key more', before.replace('b: 2', 'b: 5\nx: 1'), 'another value would change'],
    ['does not parse', before.replace('b: 2', 'b: ['), 'Flow sequence'],
    ['cannot be read at all', before.replace('b: 2', 'b: \u0007'), 'U+0007'],
    ['has lost a comment', before.replace('# two\n', '').replace('b: 2', 'b: 5'), 'the comment # two would be lost'],
    ['has changed one', before.replace('# two', '# too').replace('b: 2', 'b: 5'), 'the comment # two would be lost'],
    [
      'has lost one of two that are alike',
      before.replace('1 # one', '1').replace('b: 2', 'b: 5'),
      '# one would be lost',
    ],
    ['has a document more', before.replace('b: 2', 'b: 5\n---'), 'the number of documents would change'],
    ['has changed another document', before.replace('b: 2', 'b: 5').replace('c: 3', 'c: 4'), 'another document'],
  ])('is refused when it %s', (_, after, why) => {
    expect(verified(after, { a: 1, b: 5 })).toContain(why);
  });

  it('may lose the comments of what is taken, and only these', () => {
    const without = before.replace('a: 1 # one\n', '');
    expect(verified(without, { b: 2 }, [{ start: 0, end: 11 }])).toBe('verified');
    expect(verified(without.replace('# two\n', ''), { b: 2 }, [{ start: 0, end: 11 }])).toContain('# two');
  });
});
