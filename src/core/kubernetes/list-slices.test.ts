import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { peekContinueToken, sliceList } from './list-slices.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What the slices make of a text: its items and the rest, or undefined where it is not cut. */
function cut(text: string): { readonly items: readonly string[]; readonly rest: string } | undefined {
  const bytes = encode(text);
  const slices = sliceList(bytes);
  if (slices === undefined) return undefined;
  const part = (from: number, to?: number) => new TextDecoder().decode(bytes.subarray(from, to));
  return {
    items: slices.starts.map((start, index) => part(start, slices.ends[index])),
    rest: part(0, slices.open + 1) + part(slices.close),
  };
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** A list's text as JSON.parse reads it when it is read in slices. */
function readInSlices(text: string): unknown {
  const slices = cut(text);
  if (slices === undefined) return parsed(text);
  const items = slices.items.map(parsed);
  const rest = parsed(slices.rest);
  if (items.includes(undefined) || typeof rest !== 'object') return undefined;
  return { ...rest, items };
}

describe('the slices of a list', () => {
  it('are its items, and the text around them', () => {
    const text = '{"kind":"PodList","metadata":{"continue":"x"},"items":[{"a":[1,2]},{"b":"]}"}]}';
    expect(cut(text)).toEqual({
      items: ['{"a":[1,2]}', '{"b":"]}"}'],
      rest: '{"kind":"PodList","metadata":{"continue":"x"},"items":[]}',
    });
  });

  it.each([
    [
      'white space everywhere',
      ' { "items" : [ 1 , "two" ,\n null ] , "kind" : "List" } \r\n\t',
      ['1', '"two"', 'null'],
    ],
    ['no items in the list', '{"items":[]}', []],
    ['nothing but space in the list', '{"items": [ ] , "kind":"List"}', []],
    ['quotes, backslashes and brackets in strings', '{"items":["\\"[{\\\\","}"]}', ['"\\"[{\\\\"', '"}"']],
    ['items inside of other fields', '{"metadata":{"items":[1]},"items":[2]}', ['2']],
    ['characters of several bytes', '{"items":["é🙂"]}', ['"é🙂"']],
  ])('are found with %s', (_, text, items) => {
    expect(cut(text)?.items).toEqual(items);
    expect(readInSlices(text)).toEqual(JSON.parse(text));
  });

  it.each([
    ['no items', '{"kind":"Status"}'],
    ['items that are no list', '{"items":null}'],
    ['items twice', '{"items":[1],"items":[2]}'],
    ['a key that is written with an escape', '{"\\u0069tems":[1],"items":[2]}'],
    ['a list on its own', '[1]'],
    ['nothing', ''],
    ['more behind the list', '{"items":[1]} {}'],
    ['a comma too many', '{"items":[1,]}'],
    ['a comma too few', '{"items":[1 2]}'],
    ['an end in the middle of an item', '{"items":[{"a":"b'],
    ['an end in the middle of an escape', '{"items":["\\'],
  ])('are left to JSON.parse with %s', (_, text) => {
    expect(cut(text)).toBeUndefined();
  });

  it('read as the whole text does, whatever the items are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.jsonValue()),
        fc.jsonValue(),
        fc.constantFrom(undefined, 1, '\t'),
        (items, other, space) => {
          const text = JSON.stringify({ metadata: other, items, kind: 'PodList' }, undefined, space);
          expect(cut(text)?.items).toHaveLength(items.length);
          expect(readInSlices(text)).toEqual(JSON.parse(text));
        },
      ),
    );
  });

  it('never make a list of a text that is none', () => {
    const list = JSON.stringify({ kind: 'PodList', items: [{ a: ['x', { b: '"' }] }, [], 12, null] });
    fc.assert(
      fc.property(fc.nat(list.length), fc.nat(4), fc.string({ maxLength: 3 }), (from, removed, put) => {
        const broken = list.slice(0, from) + put + list.slice(from + removed);
        expect(readInSlices(broken)).toEqual(parsed(broken));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the continue token of a list that is not read yet', () => {
  const peek = (text: string): string | undefined => peekContinueToken(encode(text));

  it('is seen where it stands before the items', () => {
    expect(peek('{"kind":"PodList","metadata":{"resourceVersion":"1","continue":"a\\"b"},"items":[')).toBe('a"b');
  });

  it.each([
    ['{"metadata":{"resourceVersion":"1"},"items":[]}'],
    ['{"metadata":{"continue":""},"items":[]}'],
    ['{"items":[],"metadata":{"continue":"late"}}'],
    ['{"metadata":{"continue":"a},"items":[]}'],
    ['{"metadata":{continue}}'],
    ['{"kind":"Status"}'],
    ['<html>'],
    [''],
  ])('is not seen in %s', (text) => {
    expect(peek(text)).toBeUndefined();
  });
});
