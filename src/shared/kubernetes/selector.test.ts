import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LabelRequirement } from './label-requirement.ts';
import {
  formatLabelSelector,
  isEmptySelector,
  isSelectorError,
  parseLabelSelector,
  selectorMatches,
} from './selector.ts';

function matches(text: string, labels: Record<string, string>): boolean {
  const parsed = parseLabelSelector(text);
  if (isSelectorError(parsed)) throw new Error(parsed.error);
  return selectorMatches(parsed, labels);
}

function errorOf(text: string): string {
  const parsed = parseLabelSelector(text);
  return isSelectorError(parsed) ? parsed.error : 'no error';
}

describe('the string form of a label selector', () => {
  it('reads every operator of the API', () => {
    expect(parseLabelSelector('a=b,c in (d,e),!f,g!=h,i,j notin (k),l==m,n>3,o<4')).toEqual({
      matchExpressions: [
        { key: 'a', operator: 'In', values: ['b'] },
        { key: 'c', operator: 'In', values: ['d', 'e'] },
        { key: 'f', operator: 'DoesNotExist' },
        { key: 'g', operator: 'NotIn', values: ['h'] },
        { key: 'i', operator: 'Exists' },
        { key: 'j', operator: 'NotIn', values: ['k'] },
        { key: 'l', operator: 'In', values: ['m'] },
        { key: 'n', operator: 'Gt', values: ['3'] },
        { key: 'o', operator: 'Lt', values: ['4'] },
      ],
    });
  });

  it('selects everything when it is empty or blank', () => {
    expect(matches('', { a: 'b' })).toBe(true);
    expect(matches('  ', {})).toBe(true);
  });

  it.each([
    ['app=web', { app: 'web' }, true],
    ['app=web', {}, false],
    ['app!=web', {}, true],
    ['app notin (web,api)', { app: 'api' }, false],
    ['app in (web,)', { app: '' }, true],
    ['app=', { app: '' }, true],
    ['app', { app: '' }, true],
    ['!app', { app: 'x' }, false],
    ['cores>4', { cores: '8' }, true],
    ['cores<4', { cores: 'many' }, false],
    ['in in (in,notin)', { in: 'notin' }, true],
    [' a = b , c ', { a: 'b', c: 'd' }, true],
    ['constructor', {}, false],
  ])('%s on %j is %s', (text, labels, expected) => {
    expect(matches(text, labels as unknown as Record<string, string>)).toBe(expected);
  });

  it.each([
    ['a=b,', "found '', expected: identifier after ','"],
    [',a=b', "found ',', expected: !, identifier, or 'end of string'"],
    ['a b', "found 'b', expected: in, notin, =, ==, !=, gt, lt"],
    ['a in b', "found 'b' expected: '('"],
    ['a in (b', "found '', expected: ',' or ')'"],
    ['!', "found '', expected: identifier"],
    ['a=b c', "found 'c', expected: ',' or 'end of string'"],
    ['a=(', "found '(', expected: identifier"],
  ])('refuses %s in the words of the API', (text, words) => {
    expect(errorOf(text)).toBe(words);
  });

  it('refuses keys and values that no label can have', () => {
    expect(errorOf('-a=b')).toContain('name part must consist of alphanumeric characters');
    expect(errorOf('a/b/c')).toContain('a qualified name must consist of');
    expect(errorOf('/b')).toContain('prefix part must be non-empty');
    expect(errorOf('Upper.io/b')).toContain('prefix part a lowercase RFC 1123 subdomain');
    expect(errorOf(`a=${'x'.repeat(64)}`)).toContain('must be no more than 63 characters');
    expect(errorOf(`${'k'.repeat(64)}`)).toContain('name part must be no more than 63 characters');
    expect(errorOf(`${'k'.repeat(254)}/a`)).toContain('prefix part must be no more than 253 characters');
    expect(errorOf('a/')).toContain('name part must be non-empty');
    expect(errorOf('a=_b')).toContain('a valid label must be an empty string or consist of');
    expect(errorOf('n>many')).toContain("for 'Gt', 'Lt' operators, the value must be an integer");
  });
});

describe('a LabelSelector object', () => {
  it('needs every label and every expression', () => {
    const selector = {
      matchLabels: { app: 'web' },
      matchExpressions: [{ key: 'tier', operator: 'In', values: ['a', 'b'] }] as const,
    };
    expect(selectorMatches(selector, { app: 'web', tier: 'a' })).toBe(true);
    expect(selectorMatches(selector, { app: 'web' })).toBe(false);
    expect(selectorMatches(selector, { app: 'api', tier: 'a' })).toBe(false);
  });

  it('selects nothing when absent and everything when empty', () => {
    expect(selectorMatches(undefined, { a: 'b' })).toBe(false);
    expect(selectorMatches({}, undefined)).toBe(true);
    expect(isEmptySelector({ matchLabels: {}, matchExpressions: [] })).toBe(true);
    expect(isEmptySelector({ matchLabels: { a: 'b' } })).toBe(false);
  });

  it('is written in the string form, sorted by key', () => {
    const selector = {
      matchLabels: { b: '2' },
      matchExpressions: [
        { key: 'a', operator: 'NotIn', values: ['z', 'y'] },
        { key: 'c', operator: 'DoesNotExist' },
        { key: 'd', operator: 'NotIn', values: ['x'] },
        { key: 'e', operator: 'In', values: ['q', 'p'] },
        { key: 'f', operator: 'Exists' },
        { key: 'g', operator: 'Gt', values: ['1'] },
        { key: 'h', operator: 'Lt', values: ['2'] },
      ],
    } as const;
    expect(formatLabelSelector(selector)).toBe('a notin (y,z),b=2,!c,d!=x,e in (p,q),f,g>1,h<2');
  });

  it('means the same after it was written and read again', () => {
    const word = fc.stringMatching(/^[a-z]([a-z0-9.-]{0,6}[a-z0-9])?$/);
    const requirement: fc.Arbitrary<LabelRequirement> = fc.oneof(
      fc.record({
        key: word,
        operator: fc.constantFrom('In' as const, 'NotIn' as const),
        values: fc.array(word, { minLength: 1, maxLength: 3 }),
      }),
      fc.record({ key: word, operator: fc.constantFrom('Exists' as const, 'DoesNotExist' as const) }),
    );
    const labels = fc.dictionary(word, word, { maxKeys: 5 });
    fc.assert(
      fc.property(fc.array(requirement, { maxLength: 4 }), labels, (matchExpressions, given) => {
        const selector = { matchExpressions };
        const read = parseLabelSelector(formatLabelSelector(selector));
        expect(isSelectorError(read)).toBe(false);
        if (!isSelectorError(read)) expect(selectorMatches(read, given)).toBe(selectorMatches(selector, given));
      }),
    );
  });

  it('never throws, whatever is typed', () => {
    const typed = fc.string({ unit: fc.constantFrom(...'ab=!,()<> in/.-') });
    fc.assert(fc.property(typed, (text) => typeof parseLabelSelector(text) === 'object'));
  });
});
