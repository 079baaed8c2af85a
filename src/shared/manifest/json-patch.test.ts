import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changedPointers, type JsonPatchOperation, savePatch, valueAtPointer } from './json-patch.ts';
import { jsonEqual } from './json-equal.ts';
import { isJsonObject, type JsonObject, type JsonValue, toJsonText } from './json-value.ts';

/** RFC 6902 as the API server applies it: a test that does not hold refuses the whole patch. */
function apply(root: JsonObject, operations: readonly JsonPatchOperation[]): JsonValue | 'refused' {
  let value: JsonValue = root;
  for (const operation of operations) {
    if (operation.op === 'test') {
      if (!jsonEqual(valueAtPointer(value, operation.path) ?? null, operation.value)) return 'refused';
    } else value = put(value, operation.path.split('/').slice(1), 'value' in operation ? operation.value : undefined);
  }
  return value;
}

function put(root: JsonValue, parts: readonly string[], value: JsonValue | undefined): JsonValue {
  const [first = '', ...rest] = parts;
  const key = first.replaceAll('~1', '/').replaceAll('~0', '~');
  if (isJsonObject(root)) {
    const { [key]: old, ...others } = root;
    const next = rest.length === 0 ? value : put(old ?? null, rest, value);
    return next === undefined ? others : { ...others, [key]: next };
  }
  if (!Array.isArray(root)) throw new Error('no place');
  const list: readonly JsonValue[] = root;
  const next = rest.length === 0 ? value : put(list[Number(key)] ?? null, rest, value);
  return list.with(Number(key), next ?? null);
}

const leaf = fc.oneof(fc.string({ maxLength: 4 }), fc.integer(), fc.boolean());
const { tree } = fc.letrec<{ tree: JsonObject; value: JsonValue }>((tie) => ({
  tree: fc.dictionary(fc.constantFrom('a', 'b/c', '~d', 'spec', 'env'), tie('value'), { maxKeys: 4 }),
  value: fc.oneof(
    { depthSize: 'small' },
    leaf,
    tie('tree'),
    fc.array(fc.record({ name: fc.constantFrom('x', 'y', 'z'), value: leaf }), { maxLength: 3 }),
    fc.array(leaf, { maxLength: 3 }),
  ),
}));

describe('the patch of a save', () => {
  it('leads from what was opened to what is to be stored, whatever they are', () => {
    fc.assert(
      fc.property(tree, tree, (before, after) => {
        expect(jsonEqual(apply(before, savePatch(before, after)) as JsonValue, after)).toBe(true);
      }),
    );
  });

  it('is empty for what is the same, and tests nothing but what it changes', () => {
    const before = { metadata: { labels: { a: '1', b: '2' } }, spec: { minReadySeconds: 1 }, status: { x: 1 } };
    expect(savePatch(before, before)).toEqual([]);
    expect(savePatch(before, { ...before, metadata: { labels: { a: '1', b: '3' } } })).toEqual([
      { op: 'test', path: '/metadata/labels/b', value: '2' },
      { op: 'replace', path: '/metadata/labels/b', value: '3' },
    ]);
  });

  it('tests that nothing stands where something is added', () => {
    const patch = savePatch({ metadata: {} }, { metadata: { annotations: { 'a/b~c': 'x' } } });
    expect(patch).toEqual([
      { op: 'test', path: '/metadata/annotations', value: null },
      { op: 'add', path: '/metadata/annotations', value: { 'a/b~c': 'x' } },
    ]);
    expect(apply({ metadata: { annotations: { other: 'y' } } }, patch)).toBe('refused');
  });

  it('knows list items by name, and replaces a list whose items change as a whole', () => {
    const two = [
      { name: 'a', image: 'x:1' },
      { name: 'b', image: 'y:1' },
    ];
    const changed = [
      { name: 'a', image: 'x:1' },
      { name: 'b', image: 'y:2' },
    ];
    expect(savePatch({ containers: two }, { containers: changed })).toEqual([
      { op: 'test', path: '/containers/1/name', value: 'b' },
      { op: 'test', path: '/containers/1/image', value: 'y:1' },
      { op: 'replace', path: '/containers/1/image', value: 'y:2' },
    ]);
    expect(apply({ containers: two.toReversed() }, savePatch({ containers: two }, { containers: changed }))).toBe(
      'refused',
    );
    expect(changedPointers(savePatch({ containers: two }, { containers: two.slice(1) }))).toEqual(['/containers']);
  });

  it('keeps every digit of a large integer', () => {
    const patch = savePatch({ a: 9_007_199_254_740_993n }, { a: 9_007_199_254_740_995n });
    expect(patch.map((operation) => toJsonText(operation as unknown as JsonObject))).toEqual([
      '{"op":"test","path":"/a","value":9007199254740993}',
      '{"op":"replace","path":"/a","value":9007199254740995}',
    ]);
  });
});
