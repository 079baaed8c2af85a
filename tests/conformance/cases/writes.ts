import { expect } from 'vitest';
import { type ConformanceCase, type ConformanceGroup, aCase } from '../conformance-case.ts';
import { at, textAt } from '../json-path.ts';
import { PATCH } from '../judged-cluster.ts';
import { nowhere } from '../manifest.ts';

const dryRun: readonly ConformanceCase[] = [
  aCase('a dry run of a create answers what would be and makes nothing', async (cluster) => {
    const name = cluster.name('dry');
    const reply = await cluster.send('POST', cluster.sets('', '?dryRun=All'), nowhere(name));
    expect(reply.code).toBe(201);
    expect(textAt(reply.body, 'metadata.uid')).not.toBe('');
    expect(at(reply.body, 'metadata.resourceVersion')).toBeUndefined();
    expect((await cluster.send('GET', cluster.sets(name))).code).toBe(404);
  }),
  aCase('a dry run of a patch shows the new generation and keeps the old one', async (cluster) => {
    const name = cluster.name('dry');
    await cluster.create(nowhere(name));
    const answer = await cluster.ok(
      'PATCH',
      cluster.sets(name, '?dryRun=All'),
      { spec: { minReadySeconds: 7 } },
      PATCH.merge,
    );
    expect(answer).toMatchObject({ metadata: { generation: 2 }, spec: { minReadySeconds: 7 } });
    expect(await cluster.set(name)).toMatchObject({ metadata: { generation: 1 } });
  }),
  aCase('a dry run of a delete leaves the object', async (cluster) => {
    const name = cluster.name('dry');
    await cluster.create(nowhere(name));
    await cluster.ok('DELETE', cluster.sets(name, '?dryRun=All'));
    expect(at(await cluster.set(name), 'metadata.deletionTimestamp')).toBeUndefined();
  }),
  aCase('a dry run of an invalid create is 422', async (cluster) => {
    const reply = await cluster.send('POST', cluster.sets('', '?dryRun=All'), nowhere('Bad_Name'));
    expect(reply.body).toMatchObject({ code: 422, reason: 'Invalid' });
  }),
  aCase('a dryRun that is not All is refused', async (cluster) => {
    const reply = await cluster.send('POST', cluster.sets('', '?dryRun=Some'), nowhere(cluster.name('dry')));
    expect(reply.body).toMatchObject({
      code: 422,
      reason: 'Invalid',
      details: { kind: 'CreateOptions', causes: [{ reason: 'FieldValueNotSupported', field: 'dryRun' }] },
    });
  }),
  aCase('a fieldValidation that is none is refused', async (cluster) => {
    const path = cluster.sets('', '?fieldValidation=Some');
    const reply = await cluster.send('POST', path, nowhere(cluster.name('dry')));
    expect(reply.body).toMatchObject({
      code: 422,
      details: { causes: [{ reason: 'FieldValueNotSupported', field: 'fieldValidation' }] },
    });
  }),
];

function withUnknown(name: string): string {
  return JSON.stringify(nowhere(name, { spec: { replicas: 3 } }));
}

function withDuplicate(name: string): string {
  return JSON.stringify(nowhere(name, { spec: { minReadySeconds: 1 } })).replace(
    '"minReadySeconds":1',
    '"minReadySeconds":1,"minReadySeconds":2',
  );
}

const STRICT = [
  ['an unknown field', withUnknown, 'unknown field "spec.replicas"'],
  ['a duplicate field', withDuplicate, 'duplicate field "spec.minReadySeconds"'],
] as const;

const validation: readonly ConformanceCase[] = STRICT.flatMap(([what, body, words]) => [
  aCase(`fieldValidation=Strict refuses ${what} by its path`, async (cluster) => {
    const query = '?fieldValidation=Strict';
    const reply = await cluster.send('POST', cluster.sets('', query), body(cluster.name('strict')));
    expect(reply.body).toMatchObject({ code: 400, reason: 'BadRequest' });
    expect(textAt(reply.body, 'message')).toContain(`strict decoding error: ${words}`);
  }),
  aCase(`fieldValidation=Warn warns of ${what}`, async (cluster) => {
    const query = '?fieldValidation=Warn&dryRun=All';
    const reply = await cluster.send('POST', cluster.sets('', query), body(cluster.name('warn')));
    expect(reply.code).toBe(201);
    expect(reply.warnings.join()).toContain(words.replaceAll('"', String.raw`\"`));
  }),
  aCase(`fieldValidation=Ignore says nothing of ${what}`, async (cluster) => {
    const query = '?fieldValidation=Ignore&dryRun=All';
    const reply = await cluster.send('POST', cluster.sets('', query), body(cluster.name('ignore')));
    expect(reply.code).toBe(201);
    expect(reply.warnings).toEqual([]);
  }),
]);

const strictPatch = [PATCH.merge, PATCH.strategic].map((type) =>
  aCase(`fieldValidation=Strict refuses an unknown field in ${type}`, async (cluster) => {
    const name = cluster.name('strict');
    await cluster.create(nowhere(name));
    const path = cluster.sets(name, '?fieldValidation=Strict');
    const reply = await cluster.send('PATCH', path, { spec: { replicas: 3 } }, type);
    expect(reply.body).toMatchObject({ code: 422, reason: 'Invalid' });
    expect(textAt(reply.body, 'message')).toContain('unknown field "spec.replicas"');
  }),
);

const puts: readonly ConformanceCase[] = [
  aCase('a put replaces the spec and drops labels that it leaves out', async (cluster) => {
    const name = cluster.name('put');
    await cluster.create(nowhere(name, { metadata: { labels: { a: '1' } } }));
    const next = nowhere(name, { spec: { minReadySeconds: 3 } });
    const made = await cluster.ok('PUT', cluster.sets(name), next);
    expect(made).toMatchObject({ spec: { minReadySeconds: 3 }, metadata: { generation: 2 } });
    expect(at(made, 'metadata.labels')).toBeUndefined();
  }),
  aCase('a put with an old resourceVersion is 409 Conflict', async (cluster) => {
    const name = cluster.name('put');
    await cluster.create(nowhere(name));
    const resourceVersion = textAt(await cluster.untilStatus(name, {}), 'metadata.resourceVersion');
    await cluster.patch(name, { metadata: { labels: { a: '1' } } });
    const reply = await cluster.send('PUT', cluster.sets(name), nowhere(name, { metadata: { resourceVersion } }));
    expect(reply.body).toMatchObject({ code: 409, reason: 'Conflict' });
  }),
  aCase('a put with another uid is 409 Conflict', async (cluster) => {
    const name = cluster.name('put');
    await cluster.create(nowhere(name));
    const uid = '11111111-2222-3333-4444-555555555555';
    const reply = await cluster.send('PUT', cluster.sets(name), nowhere(name, { metadata: { uid } }));
    expect(reply.body).toMatchObject({ code: 409, reason: 'Conflict' });
    expect(textAt(reply.body, 'message')).toContain('UID in precondition');
  }),
  aCase('a put under another name is 400', async (cluster) => {
    const name = cluster.name('put');
    await cluster.create(nowhere(name));
    const reply = await cluster.send('PUT', cluster.sets(name), nowhere('other'));
    expect(reply.body).toMatchObject({ code: 400, reason: 'BadRequest' });
  }),
];

export const WRITES: ConformanceGroup = { name: 'writes', cases: [...dryRun, ...validation, ...strictPatch, ...puts] };
