import { describe, expect, it } from 'vitest';
import { exactJson } from './exact-json.ts';
import { toJsonText } from './json-value.ts';

describe('JSON read exactly', () => {
  it.each([
    '{"metadata":{"generation":9007199254740993,"labels":{}},"list":[1,2.5,-3,null,true,"a\\"b"]}',
    '{"text":"\\u003ca\\u003e \\ud83d\\ude80 \\/","empty":""}',
    '{"a":null}',
  ])('keeps every digit and value of %s', (text) => {
    expect(JSON.parse(toJsonText(exactJson(text)))).toEqual(JSON.parse(text));
  });

  it('keeps an integer beyond 2^53', () => {
    expect(exactJson('{"a":9007199254740993}')).toEqual({ a: 9_007_199_254_740_993n });
  });

  it('reads also what is larger than a manifest may be', () => {
    expect(exactJson(JSON.stringify({ a: 'x'.repeat(3_100_000) }))).toHaveProperty('a');
  });

  it('throws on what is no JSON and no value', () => {
    expect(() => exactJson('{"a":')).toThrow(SyntaxError);
  });
});
