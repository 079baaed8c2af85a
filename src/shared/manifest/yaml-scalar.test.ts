import { describe, expect, it } from 'vitest';
import { NotWritable, writeKey, writeScalar } from './yaml-scalar.ts';

const block = { isFlow: false, isJson: false };
const flow = { isFlow: true, isJson: false };
const json = { isFlow: true, isJson: true };

describe('a scalar on one line', () => {
  it.each([
    'a',
    'nginx:1.27',
    '/var/log',
    '--flag=a',
    'http://x:80/',
    '10m',
    '100Mi',
    '1.2.3',
    'a b',
    "it's",
    'a#b',
    '?a',
    ':a',
    'é',
    '日本',
    '...x'.slice(3),
    'infinity',
    'x=y',
  ])('writes %s as it is', (text) => {
    expect(writeScalar(text, block)).toBe(text);
  });

  it.each([
    '',
    ' a',
    'a ',
    'on',
    'Off',
    'y',
    'NO',
    'null',
    '~',
    'TRUE',
    '0644',
    '0o17',
    '0x1F',
    '0b1',
    '1e3',
    '1_000',
    '.5',
    '1.',
    '-1',
    '+1',
    '22:22',
    '2024-01-01',
    '1:30:00.5',
  ])('quotes %j, which reads as something else', (text) => {
    expect(writeScalar(text, block)).toBe(JSON.stringify(text));
  });

  it.each([
    '- a',
    '-',
    '? a',
    ': a',
    '#a',
    'a #b',
    'a: b',
    'a:',
    '&a',
    '*a',
    '!a',
    '|',
    '>',
    '%a',
    '@a',
    '`a',
    '"a',
    "'a",
    '[a',
    '{a',
    ']',
    '}',
    ',a',
    '---',
    '--- a',
    '...',
    '<<',
    '=',
    '.inf',
    '.NaN',
    '0o8',
    '1e',
    '0x',
  ])('quotes %j, which means something', (text) => {
    expect(writeScalar(text, block)).toBe(JSON.stringify(text));
  });

  it('quotes more in brackets', () => {
    expect(['a,b', 'a]', 'a?', ':a', 'a:b'].map((text) => writeScalar(text, flow))).toEqual([
      '"a,b"',
      '"a]"',
      '"a?"',
      '":a"',
      'a:b',
    ]);
    expect(['a,b', 'a]', 'a?', ':a'].map((text) => writeScalar(text, block))).toEqual(['a,b', 'a]', 'a?', ':a']);
    expect(writeScalar('a', json)).toBe('"a"');
  });

  it('escapes what Go breaks lines at, and what cannot be seen', () => {
    expect(writeScalar('a\u0085b\u2028c\u2029d', block)).toBe('"a\\u0085b\\u2028c\\u2029d"');
    expect(writeScalar('\u0000\u0007\t\n\r\u007f\u009f\ufeff\uffff', block)).toBe(
      '"\\u0000\\u0007\\t\\n\\r\\u007f\\u009f\\ufeff\\uffff"',
    );
    expect(writeScalar('😀 \u00a0', block)).toBe('😀 \u00a0'.endsWith('\u00a0') ? '"😀 \u00a0"' : '');
  });

  it('follows the wish for quotes where it can', () => {
    expect(writeScalar('on', block, 'single')).toBe("'on'");
    expect(writeScalar("it's", block, 'single')).toBe("'it''s'");
    expect(writeScalar('a\nb', block, 'single')).toBe('"a\\nb"');
    expect(writeScalar('a', block, 'double')).toBe('"a"');
    expect(writeScalar('a', json, 'single')).toBe('"a"');
  });

  it('writes numbers with every digit, and none that JSON has not', () => {
    expect([0, -0, 1.5, 1e21, 1e-7, 2 ** 53, 9_007_199_254_740_993n].map((value) => writeScalar(value, block))).toEqual(
      ['0', '0', '1.5', '1e+21', '1e-7', '9007199254740992', '9007199254740993'],
    );
    for (const value of [NaN, Infinity, -Infinity, 2n ** 64n, -(2n ** 63n) - 1n]) {
      expect(() => writeScalar(value, block)).toThrow(NotWritable);
    }
    expect(() => writeScalar('\ud800', block)).toThrow(NotWritable);
  });

  it('writes a key that YAML finds the colon of', () => {
    expect(writeKey('a.b/c', block)).toBe('a.b/c');
    expect(writeKey('on', block)).toBe('"on"');
    expect(() => writeKey('k'.repeat(1_001), block)).toThrow(NotWritable);
    expect(() => writeKey('__proto__', block)).toThrow('__proto__');
  });
});
