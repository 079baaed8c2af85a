import { describe, expect, it } from 'vitest';
import { expandReferences } from './env-expansion.ts';

const VALUES: Readonly<Record<string, string>> = { A: 'a', B: 'b', 'odd name': 'o', EMPTY: '', C: '$(A)' };

function expanded(text: string): string {
  const { parts } = expandReferences(text, (name) => {
    const value = VALUES[name];
    return value === undefined ? undefined : [{ type: 'text', text: value }];
  });
  return parts.map((part) => (part.type === 'text' ? part.text : part.type)).join('');
}

describe('$(NAME)', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['', ''],
    ['plain', 'plain'],
    ['$(A)', 'a'],
    ['-$(A)-$(B)-', '-a-b-'],
    ['$(A)$(B)', 'ab'],
    ['$(EMPTY)', ''],
    ['$(odd name)', 'o'],
    // What came out of an expansion is not expanded again.
    ['$(C)', '$(A)'],
    ['$(NONE)', '$(NONE)'],
    ['$()', '$()'],
    ['$$(A)', '$(A)'],
    ['$$$(A)', '$a'],
    ['$$$$(A)', '$$(A)'],
    ['$$', '$'],
    ['$', '$'],
    ['a$', 'a$'],
    ['$A', '$A'],
    ['${A}', '${A}'],
    ['$(A', '$(A'],
    ['$(A$(B)', '$(A$(B)'],
    ['$A$(A)', '$Aa'],
    ['$(A))', 'a)'],
    ['$($(A)', '$($(A)'],
  ];
  it.each(cases)('%j becomes %j', (text, result) => {
    expect(expanded(text)).toBe(result);
  });

  it('names what nothing answers', () => {
    expect(expandReferences('$(X)-$$(Y)-$(Z)', () => undefined).unresolved).toEqual(['X', 'Z']);
  });
});
