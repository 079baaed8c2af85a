import { expect } from 'vitest';
import { type ConformanceCase, type ConformanceGroup, aCase } from '../conformance-case.ts';
import { causesOf, configPath, makeConfig } from '../config-objects.ts';
import { at, itemsAt, names, textAt } from '../json-path.ts';
import { type JudgedCluster, PATCH } from '../judged-cluster.ts';
import type { Json } from '../manifest.ts';

const INVALID = 'FieldValueInvalid';
const FORBIDDEN = 'FieldValueForbidden';
const MEBIBYTE = 1024 * 1024;

function make(cluster: JudgedCluster, name: string, parts: Json): Promise<unknown> {
  return makeConfig(cluster, 'configmaps', name, parts);
}

/** What is refused, with each cause's reason, field and what it is called. */
const INVALIDS: readonly (readonly [what: string, parts: Json, causes: readonly (readonly [string, string])[]])[] = [
  ['a key with a space', { data: { 'a b': '1' } }, [[INVALID, 'data[a b]']]],
  ['a key with a slash', { binaryData: { 'a/b': 'AA==' } }, [[INVALID, 'binaryData[a/b]']]],
  ['a key of 254 characters', { data: { ['x'.repeat(254)]: '' } }, [[INVALID, `data[${'x'.repeat(254)}]`]]],
  ['the key .', { data: { '.': '1' } }, [[INVALID, 'data[.]']]],
  ['the key ..', { data: { '..': '1' } }, [[INVALID, 'data[..]']]],
  ['a key that begins with ..', { data: { '..x': '1' } }, [[INVALID, 'data[..x]']]],
  ['one key in data and binaryData', { data: { a: '1' }, binaryData: { a: 'AA==' } }, [[INVALID, 'data[a]']]],
  ['more than 1 MiB', { data: { a: 'x'.repeat(MEBIBYTE), b: 'x' } }, [['FieldValueTooLong', '[]']]],
];

const invalids = INVALIDS.map(([what, parts, causes]) =>
  aCase(
    `${what}: ${causes.map(([reason, field]) => `${reason} at ${field.slice(0, 20)}`).join(', ')}`,
    async (cluster) => {
      const name = cluster.name('settings');
      const reply = await cluster.send('POST', configPath('configmaps'), { metadata: { name }, ...parts });
      expect(reply.body).toMatchObject({ code: 422, reason: 'Invalid', details: { name, kind: 'ConfigMap' } });
      expect(causesOf(reply)).toEqual(causes.toSorted());
    },
  ),
);

const DECODING = [
  ['data that is a list', { data: [] }],
  ['a number for a value', { data: { a: 1 } }],
  ['binaryData that is no base64', { binaryData: { a: 'a' } }],
] as const;
const undecodable = DECODING.map(([what, parts]) =>
  aCase(`${what} is 400 BadRequest`, async (cluster) => {
    const reply = await cluster.send('POST', configPath('configmaps'), { metadata: { name: 'bad' }, ...parts });
    expect(reply.body).toMatchObject({ code: 400, reason: 'BadRequest' });
  }),
);

const immutable: readonly ConformanceCase[] = [
  ['its data', { data: { a: '2' } }, [[FORBIDDEN, 'data']]],
  ['a further key', { binaryData: { b: 'AA==' } }, [[FORBIDDEN, 'binaryData']]],
  ['its being so', { immutable: false }, [[FORBIDDEN, 'immutable']]],
  ['its being so, left out', { immutable: null }, [[FORBIDDEN, 'immutable']]],
].map(([what, patch, causes]) =>
  aCase(`of one that is immutable nobody changes ${String(what)}`, async (cluster) => {
    const name = cluster.name('fixed');
    await make(cluster, name, { data: { a: '1' }, immutable: true });
    const reply = await cluster.send('PATCH', configPath('configmaps', name), patch, PATCH.merge);
    expect(reply.body).toMatchObject({ code: 422, reason: 'Invalid' });
    expect(causesOf(reply)).toEqual(causes);
    expect(textAt(reply.body, 'message')).toContain('field is immutable when `immutable` is set');
  }),
);

const changes: readonly ConformanceCase[] = [
  aCase('one that is immutable still takes labels, and can be deleted', async (cluster) => {
    const name = cluster.name('fixed');
    await make(cluster, name, { data: { a: '1' }, immutable: true });
    const path = configPath('configmaps', name);
    const labelled = await cluster.ok('PATCH', path, { metadata: { labels: { a: '1' } } }, PATCH.merge);
    expect(labelled).toMatchObject({ metadata: { labels: { a: '1' } }, immutable: true });
    expect(await cluster.ok('DELETE', path)).toMatchObject({ kind: 'Status', status: 'Success' });
    expect((await cluster.send('GET', path)).code).toBe(404);
  }),
  aCase('a merge patch removes a key by null, and adds another', async (cluster) => {
    const name = cluster.name('settings');
    await make(cluster, name, { data: { a: '1', b: '2' } });
    const patch = { data: { a: null, c: '3' } };
    for (const type of [PATCH.merge, PATCH.strategic]) {
      const changed = await cluster.ok('PATCH', configPath('configmaps', name), patch, type);
      expect(at(changed, 'data')).toEqual({ b: '2', c: '3' });
    }
    const tested = [
      { op: 'test', path: '/data/b', value: '2' },
      { op: 'replace', path: '/data/b', value: '4' },
    ];
    const changed = await cluster.ok('PATCH', configPath('configmaps', name), tested, PATCH.json);
    expect(at(changed, 'data')).toEqual({ b: '4', c: '3' });
  }),
  aCase('a put replaces all data, and the generation is none', async (cluster) => {
    const name = cluster.name('settings');
    await make(cluster, name, { data: { a: '1', b: '2' } });
    const next = { metadata: { name }, data: { b: '' } };
    const changed = await cluster.ok('PUT', configPath('configmaps', name), next);
    expect(at(changed, 'data')).toEqual({ b: '' });
    expect(at(changed, 'metadata.generation')).toBeUndefined();
  }),
  aCase('a watch tells of each change', async (cluster) => {
    const name = cluster.name('settings');
    const made = await make(cluster, name, { data: { a: '1' } });
    const version = textAt(made, 'metadata.resourceVersion');
    await cluster.ok('PATCH', configPath('configmaps', name), { data: { a: '2' } }, PATCH.merge);
    await cluster.ok('DELETE', configPath('configmaps', name));
    const query = `?watch=1&resourceVersion=${version}&fieldSelector=metadata.name%3D${name}`;
    using watch = cluster.watch(configPath('configmaps', '', query));
    expect(await watch.next()).toMatchObject({ type: 'MODIFIED', object: { kind: 'ConfigMap', data: { a: '2' } } });
    expect(await watch.next()).toMatchObject({ type: 'DELETED', object: { metadata: { name } } });
  }),
];

const TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io, application/json';

export const CONFIG_MAPS: ConformanceGroup = {
  name: 'ConfigMaps',
  cases: [
    ...invalids,
    ...undecodable,
    ...immutable,
    ...changes,
    aCase('an empty map is left out, and binaryData comes back as base64', async (cluster) => {
      const made = await make(cluster, cluster.name('settings'), { data: {}, binaryData: { raw: '/wAB', none: '' } });
      expect(at(made, 'data')).toBeUndefined();
      expect(at(made, 'binaryData')).toEqual({ raw: '/wAB', none: '' });
      expect(made).toMatchObject({ kind: 'ConfigMap', apiVersion: 'v1' });
    }),
    aCase('labels select them', async (cluster) => {
      const label = cluster.name('team');
      for (const each of ['a', 'b']) await make(cluster, `${label}-${each}`, { metadata: { labels: { team: label } } });
      await make(cluster, `${label}-c`, {});
      expect(names(await cluster.items(configPath('configmaps', '', `?labelSelector=team%3D${label}`)))).toEqual([
        `${label}-a`,
        `${label}-b`,
      ]);
    }),
    aCase('as a Table they come without their values', async (cluster) => {
      const name = cluster.name('printed');
      await make(cluster, name, { data: { a: 'told-to-nobody' }, binaryData: { b: 'AA==' } });
      const query = `?includeObject=None&fieldSelector=metadata.name%3D${name}`;
      const { body } = await cluster.api.send({
        method: 'GET',
        path: configPath('configmaps', '', query),
        accept: TABLE,
      });
      expect(body).toMatchObject({ kind: 'Table', apiVersion: 'meta.k8s.io/v1' });
      expect(itemsAt(body, 'columnDefinitions').map((column) => textAt(column, 'name'))).toEqual([
        'Name',
        'Data',
        'Age',
      ]);
      expect(itemsAt(body, 'rows')).toEqual([{ cells: [name, 2, expect.stringMatching(/^\d+s$/)], object: null }]);
      expect(JSON.stringify(body)).not.toContain('told-to-nobody');
    }),
  ],
};
