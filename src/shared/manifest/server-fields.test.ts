import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from './json-value.ts';
import { readManifest } from './read-manifest.ts';
import { manifestToCreate, textToCreate, textToEdit, textToRead, withoutServerFields } from './server-fields.ts';

const live = {
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: {
    name: 'agent',
    namespace: 'logging',
    uid: 'u',
    resourceVersion: '7',
    generation: 3,
    creationTimestamp: '2026-01-01T00:00:00Z',
    managedFields: [{ manager: 'kubectl' }],
    labels: { app: 'agent' },
    annotations: { note: 'one\ntwo\n', answer: 'yes' },
  },
  spec: { selector: { matchLabels: { app: 'agent' } }, template: { metadata: {}, spec: { containers: [] } } },
  status: { numberReady: 3 },
};

describe('a live object to edit', () => {
  it('is YAML of everything but what the server writes, and reads back as the same', () => {
    const text = textToEdit(JSON.stringify(live));
    expect(text).toContain('metadata:\n  name: agent\n  namespace: logging\n  labels:\n');
    expect(text).toContain('    note: |\n      one\n      two\n');
    const { name, namespace, labels, annotations } = live.metadata;
    const { status: _, ...object } = live;
    const expected = { ...object, metadata: { name, namespace, labels, annotations } };
    expect(readManifest(text)).toEqual({ ok: true, manifest: expected });
  });

  it('keeps every digit of a large integer', () => {
    const large = JSON.stringify(live).replace('"containers":[]', '"containers":[],"x":12345678901234567890');
    expect(textToEdit(large)).toContain('x: 12345678901234567890\n');
  });

  it('may be of any kind', () => {
    expect(textToEdit('{"kind":"Pod","metadata":{"name":"a","uid":"u"}}')).toBe('kind: Pod\nmetadata:\n  name: a\n');
  });

  it('is the text itself where that is no object', () => {
    expect(textToEdit('[1]')).toBe('[1]');
  });

  it('has no metadata made up for it', () => {
    expect(withoutServerFields({ kind: 'DaemonSet', status: {} })).toEqual({ kind: 'DaemonSet' });
  });
});

describe('an object to make again', () => {
  const annotations = {
    'kubectl.kubernetes.io/last-applied-configuration': '{}',
    'deprecated.daemonset.template.generation': '4',
  };
  const metadata: readonly (readonly [field: string, value: JsonValue, kept: JsonValue | undefined])[] = [
    ['uid', 'u', undefined],
    ['resourceVersion', '7', undefined],
    ['generation', 3, undefined],
    ['creationTimestamp', '2026-01-01T00:00:00Z', undefined],
    ['deletionTimestamp', '2026-01-01T00:00:00Z', undefined],
    ['deletionGracePeriodSeconds', 0, undefined],
    ['selfLink', '/apis/apps/v1/…', undefined],
    ['managedFields', [{ manager: 'kubectl' }], undefined],
    ['ownerReferences', [{ kind: 'Agent', name: 'a', uid: 'o' }], undefined],
    ['finalizers', ['foregroundDeletion', 'example.com/hold', 'orphan'], ['example.com/hold']],
    ['finalizers', ['orphan'], undefined],
    ['finalizers', ['example.com/hold'], ['example.com/hold']],
    ['generateName', 'agent-', 'agent-'],
    ['labels', { app: 'agent' }, { app: 'agent' }],
    ['annotations', annotations, annotations],
    ['newerThanThis', { a: [1, 'x'] }, { a: [1, 'x'] }],
  ];

  it.each(metadata)('has of metadata.%s %j: %j', (field, value, kept) => {
    const made = manifestToCreate({ kind: 'DaemonSet', metadata: { name: 'agent', [field]: value }, status: {} });
    expect(made).toEqual({
      kind: 'DaemonSet',
      metadata: { name: 'agent', ...(kept === undefined ? {} : { [field]: kept }) },
    });
  });

  it('keeps every field that it does not name, wherever it stands', () => {
    const dropped = new Set(metadata.map(([field]) => field));
    const object = fc.dictionary(fc.string({ maxLength: 12 }), fc.jsonValue() as fc.Arbitrary<JsonValue>);
    const own = object.map(({ status: _, metadata: __, ...rest }) => rest);
    const ownMetadata = object.map((each) =>
      Object.fromEntries(Object.entries(each).filter(([field]) => !dropped.has(field))),
    );
    fc.assert(
      fc.property(own, ownMetadata, (rest: JsonObject, kept: JsonObject) => {
        const written = { uid: 'u', resourceVersion: '1', generation: 2, managedFields: [], ownerReferences: [] };
        const live = { ...rest, metadata: { ...written, ...kept }, status: { numberReady: 1 } };
        expect(manifestToCreate(live)).toEqual({ ...rest, metadata: kept });
      }),
    );
  });

  it('is YAML with every digit', () => {
    const large = JSON.stringify(live).replace('"containers":[]', '"containers":[],"x":12345678901234567890');
    const text = textToCreate(large);
    expect(text).toContain('x: 12345678901234567890\n');
    expect(text).not.toMatch(/uid|resourceVersion|status/);
  });
});

describe('a live object as YAML to read', () => {
  it('has what the server writes too', () => {
    const text = textToRead(JSON.stringify(live));
    expect(readManifest(text)).toMatchObject({ ok: true, manifest: live });
  });
});
