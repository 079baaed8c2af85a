import { describe, expect, it } from 'vitest';
import { readManifest } from './read-manifest.ts';
import { textToEdit, textToRead, withoutServerFields } from './server-fields.ts';

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

describe('a live object as YAML to read', () => {
  it('has what the server writes too', () => {
    const text = textToRead(JSON.stringify(live));
    expect(readManifest(text)).toMatchObject({ ok: true, manifest: live });
  });
});
