import { describe, expect, it } from 'vitest';
import { type Json, type JsonObject, isJsonObject } from '../json.ts';
import { at } from '../testing/api-client.ts';
import { PatchError, applyJsonPatch } from './json-patch.ts';
import { applyMergePatch } from './merge-patch.ts';
import { applyStrategicMergePatch } from './strategic-merge-patch.ts';

describe('a JSON patch', () => {
  const document = { a: { b: [1, 2, 3] }, 'x/y': 1, 'm~n': 2 };

  it.each<[string, Json, Json]>([
    ['adds a member', { op: 'add', path: '/c', value: true }, { ...document, c: true }],
    ['adds into a list', { op: 'add', path: '/a/b/1', value: 9 }, { ...document, a: { b: [1, 9, 2, 3] } }],
    ['adds at the end of a list', { op: 'add', path: '/a/b/-', value: 9 }, { ...document, a: { b: [1, 2, 3, 9] } }],
    ['removes', { op: 'remove', path: '/a/b/0' }, { ...document, a: { b: [2, 3] } }],
    ['replaces', { op: 'replace', path: '/a/b', value: 0 }, { ...document, a: { b: 0 } }],
    [
      'sets by replace what is absent',
      { op: 'replace', path: '/a/c', value: 0 },
      { ...document, a: { b: [1, 2, 3], c: 0 } },
    ],
    ['moves', { op: 'move', from: '/a/b', path: '/c' }, { a: {}, 'x/y': 1, 'm~n': 2, c: [1, 2, 3] }],
    ['copies', { op: 'copy', from: '/a/b/2', path: '/c' }, { ...document, c: 3 }],
    ['tests', { op: 'test', path: '/a', value: { b: [1, 2, 3] } }, document],
    ['reads escaped pointers', { op: 'replace', path: '/x~1y', value: 5 }, { ...document, 'x/y': 5 }],
    ['tests a tilde', { op: 'test', path: '/m~0n', value: 2 }, document],
    ['tests that a member is missing', { op: 'test', path: '/gone', value: null }, document],
  ])('%s', (_, operation, expected) => {
    expect(applyJsonPatch(document, [operation])).toEqual(expected);
  });

  it.each<[string, Json]>([
    ['a failed test', { op: 'test', path: '/a/b/0', value: 7 }],
    ['a missing member to remove', { op: 'remove', path: '/gone' }],
    ['a missing item to replace', { op: 'replace', path: '/a/b/3', value: 1 }],
    ['a missing parent', { op: 'add', path: '/gone/deep', value: 1 }],
    ['an index outside', { op: 'add', path: '/a/b/7', value: 1 }],
    ['an unknown operation', { op: 'append', path: '/a' }],
    ['no value', { op: 'add', path: '/a' }],
    ['a pointer without a slash', { op: 'remove', path: 'a' }],
    ['a missing source', { op: 'copy', from: '/gone', path: '/a' }],
    ['what is no operation', 'remove'],
  ])('is refused as a whole for %s', (_, operation) => {
    expect(() => applyJsonPatch(document, [{ op: 'add', path: '/c', value: 1 }, operation])).toThrow(PatchError);
    expect(document).not.toHaveProperty('c');
  });
});

describe('a merge patch', () => {
  it('merges objects, deletes by null and replaces lists', () => {
    const document = { a: { b: 1, c: 2 }, list: [1, 2], keep: true };
    expect(applyMergePatch(document, { a: { b: null, d: { e: null } }, list: [3] })).toEqual({
      a: { c: 2, d: {} },
      list: [3],
      keep: true,
    });
  });
});

describe('a strategic merge patch', () => {
  const daemonSet: JsonObject = {
    metadata: { finalizers: ['a', 'b'] },
    spec: {
      template: {
        spec: {
          containers: [
            {
              name: 'main',
              image: 'a:1',
              args: ['x', 'y'],
              env: [{ name: 'A', value: '1' }],
              ports: [{ containerPort: 80, name: 'web' }],
            },
            { name: 'side', image: 'b:1' },
          ],
          tolerations: [{ key: 'a' }],
          volumes: [{ name: 'v', emptyDir: {} }],
        },
      },
    },
  };

  function patched(podSpec: JsonObject): JsonObject {
    const result = applyStrategicMergePatch(daemonSet, { spec: { template: { spec: podSpec } } }, 'DaemonSet');
    const found = at(result, 'spec.template.spec');
    return isJsonObject(found) ? found : {};
  }

  it('merges containers by name, env by name and ports by containerPort', () => {
    const { containers } = patched({
      containers: [
        {
          name: 'main',
          image: 'a:2',
          env: [{ name: 'B', value: '2' }],
          ports: [{ containerPort: 80, hostPort: 8080 }],
        },
      ],
    });
    expect(containers).toEqual([
      {
        name: 'main',
        image: 'a:2',
        args: ['x', 'y'],
        env: [
          { name: 'A', value: '1' },
          { name: 'B', value: '2' },
        ],
        ports: [{ containerPort: 80, name: 'web', hostPort: 8080 }],
      },
      { name: 'side', image: 'b:1' },
    ]);
  });

  it('replaces lists without a merge key: args and tolerations', () => {
    const result = patched({ tolerations: [{ key: 'b' }], containers: [{ name: 'main', args: ['z'] }] });
    expect(result['tolerations']).toEqual([{ key: 'b' }]);
    expect(result['containers']).toMatchObject([{ name: 'main', args: ['z'] }, { name: 'side' }]);
  });

  it('adds an item that is new, and deletes one by $patch: delete', () => {
    const result = patched({
      containers: [
        { name: 'side', $patch: 'delete' },
        { name: 'new', image: 'c:1' },
      ],
    });
    expect(result['containers']).toMatchObject([{ name: 'main' }, { name: 'new', image: 'c:1' }]);
  });

  it('replaces the whole template by $patch: replace, as kubectl’s rollback does', () => {
    const result = applyStrategicMergePatch(
      daemonSet,
      { spec: { template: { $patch: 'replace', metadata: { labels: { a: 'b' } } } } },
      'DaemonSet',
    );
    expect(result['spec']).toEqual({ template: { metadata: { labels: { a: 'b' } } } });
  });

  it('replaces a list by an item with $patch: replace', () => {
    expect(patched({ containers: [{ $patch: 'replace' }, { name: 'only', image: 'd:1' }] })['containers']).toEqual([
      { name: 'only', image: 'd:1' },
    ]);
  });

  it('keeps only what $retainKeys names', () => {
    const result = patched({ volumes: [{ name: 'v', $retainKeys: ['name', 'hostPath'], hostPath: { path: '/x' } }] });
    expect(result['volumes']).toEqual([{ name: 'v', hostPath: { path: '/x' } }]);
  });

  it('puts items into the order of $setElementOrder', () => {
    const result = patched({ '$setElementOrder/containers': [{ name: 'side' }, { name: 'main' }] });
    expect(result['containers']).toMatchObject([{ name: 'side' }, { name: 'main' }]);
  });

  it('merges finalizers as a set and deletes by $deleteFromPrimitiveList', () => {
    const added = applyStrategicMergePatch(daemonSet, { metadata: { finalizers: ['b', 'c'] } }, 'DaemonSet');
    expect(added['metadata']).toEqual({ finalizers: ['a', 'b', 'c'] });
    const removed = applyStrategicMergePatch(
      daemonSet,
      { metadata: { '$deleteFromPrimitiveList/finalizers': ['a'] } },
      'DaemonSet',
    );
    expect(removed['metadata']).toEqual({ finalizers: ['b'] });
  });

  it('refuses an item without its merge key', () => {
    expect(() => patched({ containers: [{ image: 'x' }] })).toThrow('does not contain declared merge key: name');
  });

  it('deletes a member by null', () => {
    expect(patched({ tolerations: null })).not.toHaveProperty('tolerations');
  });
});
