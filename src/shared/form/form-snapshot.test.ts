import { describe, expect, it } from 'vitest';
import type { ManifestPath } from '../manifest/manifest-path.ts';
import { formOfSnapshot, readForm } from './form-snapshot.ts';
import { newManifest } from './new-manifest.ts';
import { editForm, openForm } from './open-form.ts';

const TEXT = `apiVersion: apps/v1
kind: DaemonSet
metadata: {name: a, labels: {app: a}}
x-five: &five 5
x-base: &base {image: b, tty: true}
spec:
  minReadySeconds: *five
  template:
    spec:
      nodeSelector:
      containers:
        - name: one
          ports: [{containerPort: 80}, {containerPort: 81, protocol: UDP}]
        - name: two
        - name: two
        - <<: *base
          name: three
`;

const containers = ['spec', 'template', 'spec', 'containers'];
const one = [...containers, { key: { name: 'one' } }];
const PATHS: readonly ManifestPath[] = [
  [],
  ['metadata', 'name'],
  ['metadata', 'annotations', 'a'],
  ['metadata', 'name', 'of-a-string'],
  ['metadata', { key: { name: 'x' } }],
  ['spec'],
  ['spec', 'minReadySeconds'],
  ['spec', 'minReadySeconds', 'below'],
  ['spec', 'template', 'spec', 'nodeSelector', 'disk'],
  [...containers, 0, 'name'],
  [...containers, 9],
  [...one, 'ports', { key: { containerPort: 80, protocol: 'TCP' } }],
  [...one, 'ports', { key: { containerPort: 81, protocol: 'TCP' } }],
  [...containers, { key: { name: 'two' } }, 'image'],
  [...containers, { key: { name: 'three' } }, 'image'],
  [...containers, { key: { name: 'three' } }, 'name'],
  ['x-base'],
];

/** As a worker sends it. */
function sent(text: string) {
  const read = structuredClone(readForm(text));
  if (!read.ok) throw new Error(read.refusal.message);
  return formOfSnapshot(text, read.snapshot);
}

function opened(text: string) {
  const form = openForm(text);
  if (!form.ok) throw new Error(form.refusal.message);
  return form.form;
}

describe('a form that was read elsewhere', () => {
  it.each(PATHS.map((path) => [JSON.stringify(path), path] as const))(
    'reads %s as one that is read here',
    (_, path) => {
      const { state, ...there } = sent(TEXT).read(path);
      const here = opened(TEXT).read(path);
      expect(state).toBe(here.state);
      if (here.state === 'present') expect(there).toEqual({ value: here.value });
      // Words may name an item by its index in place of its name.
      if (here.state === 'foreign')
        expect(there).toMatchObject({ message: expect.stringMatching(/: edit it in YAML$/) });
      if (here.state === 'foreign' && 'line' in there) expect(there.line).toBe(here.line);
    },
  );

  it('is edited as one that is read here', () => {
    const text = newManifest('a');
    const edits = [{ op: 'set', path: ['metadata', 'name'], value: 'x' }] as const;
    const [there, here] = [editForm(sent(text), edits), editForm(opened(text), edits)];
    expect(there.ok && there.form.text).toBe(here.ok && here.form.text);
    expect(there.ok && there.form.text).toContain('name: x');
  });

  it('writes nothing foreign', () => {
    const edited = editForm(sent(TEXT), [{ op: 'set', path: ['spec', 'minReadySeconds'], value: 6 }]);
    expect(edited).toMatchObject({ ok: false, problem: { reason: 'Foreign' } });
  });

  it('says why where there is none', () => {
    expect(readForm('kind: Deployment\n')).toEqual({
      ok: false,
      refusal: { line: 1, message: 'there is no DaemonSet in this text' },
    });
  });
});
