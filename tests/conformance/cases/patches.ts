import { expect } from 'vitest';
import { type ConformanceCase, type ConformanceGroup, aCase } from '../conformance-case.ts';
import { at, numberAt, textAt } from '../json-path.ts';
import { type JudgedCluster, PATCH } from '../judged-cluster.ts';
import { nowhere } from '../manifest.ts';

const TEMPLATE_GENERATION = ['metadata', 'annotations', 'deprecated.daemonset.template.generation'];
const IMAGE = 'spec.template.spec.containers.0.image';
const IMAGE_POINTER = '/spec/template/spec/containers/0/image';

async function aSet(cluster: JudgedCluster): Promise<{ readonly name: string; readonly uid: string }> {
  const name = cluster.name('patch');
  const made = await cluster.create(nowhere(name, { metadata: { labels: { a: '1', b: '2' } } }));
  return { name, uid: textAt(made, 'metadata.uid') };
}

/** A failed precondition of a JSON patch: 422 without causes. */
async function rejectsWithoutCauses(cluster: JudgedCluster, name: string, patch: unknown): Promise<void> {
  const before = await cluster.untilStatus(name, {});
  const reply = await cluster.send('PATCH', cluster.sets(name), patch, PATCH.json);
  expect(reply.body).toMatchObject({ kind: 'Status', code: 422, reason: 'Invalid' });
  expect(at(reply.body, 'details.causes')).toBeUndefined();
  expect(at(await cluster.set(name), 'spec')).toEqual(at(before, 'spec'));
}

const json: readonly ConformanceCase[] = [
  aCase('a JSON patch with true tests is applied', async (cluster) => {
    const { name, uid } = await aSet(cluster);
    const patch = [
      { op: 'test', path: '/metadata/uid', value: uid },
      { op: 'test', path: IMAGE_POINTER, value: 'registry.test/tool:1' },
      { op: 'replace', path: IMAGE_POINTER, value: 'registry.test/tool:2' },
    ];
    expect(textAt(await cluster.patch(name, patch, PATCH.json), IMAGE)).toBe('registry.test/tool:2');
  }),
  aCase('a JSON patch whose uid test fails is 422 without causes and changes nothing', async (cluster) => {
    const { name } = await aSet(cluster);
    await rejectsWithoutCauses(cluster, name, [
      { op: 'replace', path: '/spec/minReadySeconds', value: 9 },
      { op: 'test', path: '/metadata/uid', value: '11111111-2222-3333-4444-555555555555' },
    ]);
  }),
  aCase('a JSON patch whose value test fails is 422 without causes', async (cluster) => {
    const { name } = await aSet(cluster);
    await rejectsWithoutCauses(cluster, name, [
      { op: 'test', path: IMAGE_POINTER, value: 'registry.test/other:1' },
      { op: 'replace', path: IMAGE_POINTER, value: 'registry.test/tool:2' },
    ]);
  }),
  aCase('a JSON patch that replaces what is not there is 422 without causes', async (cluster) => {
    const { name } = await aSet(cluster);
    await rejectsWithoutCauses(cluster, name, [{ op: 'replace', path: '/spec/template/spec/priority/x', value: 1 }]);
  }),
  aCase('a JSON patch that removes what is not there is 422 without causes', async (cluster) => {
    const { name } = await aSet(cluster);
    await rejectsWithoutCauses(cluster, name, [{ op: 'remove', path: '/metadata/labels/zzz' }]);
  }),
  aCase('test of an absent member against null holds', async (cluster) => {
    const { name } = await aSet(cluster);
    const patch = [
      { op: 'test', path: '/metadata/labels/zzz', value: null },
      { op: 'add', path: '/metadata/labels/zzz', value: 'new' },
    ];
    expect(at(await cluster.patch(name, patch, PATCH.json), 'metadata.labels')).toEqual({ a: '1', b: '2', zzz: 'new' });
  }),
  aCase('add, copy, move and remove', async (cluster) => {
    const { name } = await aSet(cluster);
    const patch = [
      { op: 'add', path: '/metadata/labels/c', value: '3' },
      { op: 'copy', from: '/metadata/labels/a', path: '/metadata/labels/d' },
      { op: 'move', from: '/metadata/labels/b', path: '/metadata/labels/e' },
      { op: 'remove', path: '/metadata/labels/a' },
    ];
    expect(at(await cluster.patch(name, patch, PATCH.json), 'metadata.labels')).toEqual({ c: '3', d: '1', e: '2' });
  }),
  aCase('~1 in a pointer is a slash', async (cluster) => {
    const { name } = await aSet(cluster);
    const patch = [{ op: 'add', path: '/metadata/labels/example.com~1team', value: 'blue' }];
    const made = await cluster.patch(name, patch, PATCH.json);
    expect(at(made, ['metadata', 'labels', 'example.com/team'])).toBe('blue');
  }),
  aCase('- appends to an array', async (cluster) => {
    const { name } = await aSet(cluster);
    const container = { name: 'second', image: 'registry.test/second:1' };
    const made = await cluster.patch(
      name,
      [{ op: 'add', path: '/spec/template/spec/containers/-', value: container }],
      PATCH.json,
    );
    expect(textAt(made, 'spec.template.spec.containers.1.name')).toBe('second');
  }),
  aCase('a JSON patch that is an object is 400', async (cluster) => {
    const { name } = await aSet(cluster);
    const reply = await cluster.send('PATCH', cluster.sets(name), { op: 'add' }, PATCH.json);
    expect(reply.body).toMatchObject({ code: 400, reason: 'BadRequest' });
  }),
];

const merge: readonly ConformanceCase[] = [
  aCase('a merge patch replaces arrays and removes by null', async (cluster) => {
    const { name } = await aSet(cluster);
    const containers = [{ name: 'other', image: 'registry.test/other:1' }];
    const made = await cluster.patch(name, {
      metadata: { labels: { a: null } },
      spec: { template: { spec: { containers } } },
    });
    expect(at(made, 'metadata.labels')).toEqual({ b: '2' });
    expect(at(made, 'spec.template.spec.containers')).toMatchObject([{ name: 'other' }]);
  }),
  aCase('a merge patch with the right uid is applied', async (cluster) => {
    const { name, uid } = await aSet(cluster);
    const made = await cluster.patch(name, { metadata: { uid, annotations: { note: 'x' } } });
    expect(textAt(made, 'metadata.annotations.note')).toBe('x');
  }),
  aCase('a merge patch with another uid is refused and changes nothing', async (cluster) => {
    const { name } = await aSet(cluster);
    const patch = { metadata: { uid: '11111111-2222-3333-4444-555555555555', annotations: { note: 'x' } } };
    const reply = await cluster.send('PATCH', cluster.sets(name), patch, PATCH.merge);
    expect([409, 422]).toContain(reply.code);
    expect(textAt(reply.body, 'message')).toMatch(/field is immutable|UID in precondition/);
    expect(at(await cluster.set(name), 'metadata.annotations.note')).toBeUndefined();
  }),
  aCase('a merge patch with an old resourceVersion is 409 Conflict', async (cluster) => {
    const { name } = await aSet(cluster);
    const first = textAt(await cluster.untilStatus(name, {}), 'metadata.resourceVersion');
    await cluster.patch(name, { metadata: { labels: { c: '1' } } });
    const patch = { metadata: { resourceVersion: first, labels: { c: '2' } } };
    const reply = await cluster.send('PATCH', cluster.sets(name), patch, PATCH.merge);
    expect(reply.body).toMatchObject({
      code: 409,
      reason: 'Conflict',
      details: { name, group: 'apps', kind: 'daemonsets' },
    });
    expect(textAt(reply.body, 'message')).toContain('the object has been modified');
  }),
  aCase('a patch that changes nothing leaves the version as it is', async (cluster) => {
    const { name } = await aSet(cluster);
    const before = await cluster.untilStatus(name, {});
    const after = await cluster.patch(name, { metadata: { labels: { a: '1' } } });
    expect(textAt(after, 'metadata.resourceVersion')).toBe(textAt(before, 'metadata.resourceVersion'));
  }),
  aCase('a patch under another name is 400', async (cluster) => {
    const { name } = await aSet(cluster);
    const reply = await cluster.send('PATCH', cluster.sets(name), { metadata: { name: 'other' } }, PATCH.merge);
    expect(reply.body).toMatchObject({ code: 400, reason: 'BadRequest' });
  }),
];

const strategic: readonly ConformanceCase[] = [
  aCase('a strategic merge patch merges containers by name', async (cluster) => {
    const { name } = await aSet(cluster);
    const containers = [
      { name: 'side', image: 'registry.test/side:1' },
      { name: 'main', image: 'registry.test/tool:2' },
    ];
    const made = await cluster.patch(name, { spec: { template: { spec: { containers } } } }, PATCH.strategic);
    const images = at(made, 'spec.template.spec.containers');
    expect(images).toHaveLength(2);
    expect(images).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'main', image: 'registry.test/tool:2', imagePullPolicy: 'IfNotPresent' }),
        expect.objectContaining({ name: 'side' }),
      ]),
    );
  }),
  aCase('$patch: delete takes a container out', async (cluster) => {
    const { name } = await aSet(cluster);
    const add = [{ name: 'side', image: 'registry.test/side:1' }];
    await cluster.patch(name, { spec: { template: { spec: { containers: add } } } }, PATCH.strategic);
    const remove = [{ name: 'side', $patch: 'delete' }];
    const made = await cluster.patch(name, { spec: { template: { spec: { containers: remove } } } }, PATCH.strategic);
    expect(at(made, 'spec.template.spec.containers')).toMatchObject([{ name: 'main' }]);
  }),
  aCase('$patch: replace replaces a whole template', async (cluster) => {
    const { name } = await aSet(cluster);
    const template = {
      $patch: 'replace',
      metadata: { labels: { app: name } },
      spec: { containers: [{ name: 'new', image: 'registry.test/new:1' }] },
    };
    const made = await cluster.patch(name, { spec: { template } }, PATCH.strategic);
    expect(at(made, 'spec.template.spec.containers')).toMatchObject([{ name: 'new' }]);
    expect(at(made, 'spec.template.spec.nodeSelector')).toBeUndefined();
  }),
  aCase('env merges by name, tolerations are replaced', async (cluster) => {
    const name = cluster.name('patch');
    const env = [{ name: 'A', value: '1' }];
    await cluster.create(
      nowhere(name, { container: { env }, pod: { tolerations: [{ key: 'x', operator: 'Exists' }] } }),
    );
    const containers = [{ name: 'main', env: [{ name: 'B', value: '2' }] }];
    const tolerations = [{ key: 'y', operator: 'Exists' }];
    const patch = { spec: { template: { spec: { containers, tolerations } } } };
    const made = await cluster.patch(name, patch, PATCH.strategic);
    expect(at(made, 'spec.template.spec.containers.0.env')).toHaveLength(2);
    expect(at(made, 'spec.template.spec.tolerations')).toEqual(tolerations);
  }),
  aCase('a media type that is no patch is 415', async (cluster) => {
    const { name } = await aSet(cluster);
    const reply = await cluster.send('PATCH', cluster.sets(name), { metadata: {} }, 'application/json');
    expect(reply.body).toMatchObject({ code: 415, reason: 'UnsupportedMediaType' });
  }),
  aCase('a patch of what is not there is 404', async (cluster) => {
    const reply = await cluster.send('PATCH', cluster.sets('nobody'), { metadata: {} }, PATCH.merge);
    expect(reply.body).toMatchObject({
      code: 404,
      reason: 'NotFound',
      details: { name: 'nobody', kind: 'daemonsets' },
    });
  }),
];

const GENERATIONS = [
  ['a label', { metadata: { labels: { c: '1' } } }, 0, 0],
  ['minReadySeconds', { spec: { minReadySeconds: 1 } }, 1, 0],
  ['the strategy', { spec: { updateStrategy: { type: 'OnDelete', rollingUpdate: null } } }, 1, 0],
  ['the template', { spec: { template: { metadata: { annotations: { note: 'x' } } } } }, 1, 1],
] as const;

const generations = GENERATIONS.map(([what, patch, generation, templateGeneration]) =>
  aCase(
    `changing ${what} raises generation by ${generation} and the template’s by ${templateGeneration}`,
    async (cluster) => {
      const { name } = await aSet(cluster);
      const made = await cluster.patch(name, patch);
      expect(numberAt(made, 'metadata.generation')).toBe(1 + generation);
      expect(textAt(made, TEMPLATE_GENERATION)).toBe(String(1 + templateGeneration));
    },
  ),
);

export const PATCHES: ConformanceGroup = { name: 'patches', cases: [...json, ...merge, ...strategic, ...generations] };
