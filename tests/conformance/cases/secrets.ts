import { expect } from 'vitest';
import { type ConformanceCase, type ConformanceGroup, aCase } from '../conformance-case.ts';
import { causesOf, configPath, makeConfig } from '../config-objects.ts';
import { at, itemsAt, names, textAt } from '../json-path.ts';
import { type JudgedCluster, PATCH } from '../judged-cluster.ts';
import type { Json } from '../manifest.ts';

const REQUIRED = 'FieldValueRequired';
const INVALID = 'FieldValueInvalid';
const FORBIDDEN = 'FieldValueForbidden';
const ACCOUNT = 'metadata.annotations[kubernetes.io/service-account.name]';

function make(cluster: JudgedCluster, name: string, parts: Json): Promise<unknown> {
  return makeConfig(cluster, 'secrets', name, parts);
}

const k8s = (type: string): string => `kubernetes.io/${type}`;

const INVALIDS: readonly (readonly [what: string, parts: Json, causes: readonly (readonly [string, string])[]])[] = [
  ['a key with a space', { stringData: { 'a b': '1' } }, [[INVALID, 'data[a b]']]],
  ['more than 1 MiB', { stringData: { a: 'x'.repeat(1024 * 1024 + 1) } }, [['FieldValueTooLong', 'data']]],
  ['dockerconfigjson without its key', { type: k8s('dockerconfigjson') }, [[REQUIRED, 'data[.dockerconfigjson]']]],
  [
    'dockerconfigjson that is no object',
    { type: k8s('dockerconfigjson'), stringData: { '.dockerconfigjson': '[1]' } },
    [[INVALID, 'data[.dockerconfigjson]']],
  ],
  ['dockercfg without its key', { type: k8s('dockercfg') }, [[REQUIRED, 'data[.dockercfg]']]],
  [
    'basic-auth without both',
    { type: k8s('basic-auth'), stringData: { user: 'x' } },
    [
      [REQUIRED, 'data[password]'],
      [REQUIRED, 'data[username]'],
    ],
  ],
  [
    'ssh-auth with an empty key',
    { type: k8s('ssh-auth'), stringData: { 'ssh-privatekey': '' } },
    [[REQUIRED, 'data[ssh-privatekey]']],
  ],
  ['tls without its key', { type: k8s('tls'), stringData: { 'tls.crt': '' } }, [[REQUIRED, 'data[tls.key]']]],
  ['a service account token of nobody', { type: k8s('service-account-token') }, [[REQUIRED, ACCOUNT]]],
];

const invalids = INVALIDS.map(([what, parts, causes]) =>
  aCase(`${what}: ${causes.map(([reason, field]) => `${reason} at ${field}`).join(', ')}`, async (cluster) => {
    const name = cluster.name('secret');
    const reply = await cluster.send('POST', configPath('secrets'), { metadata: { name }, ...parts });
    expect(reply.body).toMatchObject({ code: 422, reason: 'Invalid', details: { name, kind: 'Secret' } });
    expect(causesOf(reply)).toEqual(causes.toSorted());
  }),
);

const BASE64 = ['a', 'abc', 'a===', 'ab=c', 'abcd=', 'ab c', 'YQ==YQ==', 'ü'] as const;
const undecodable = BASE64.map((text) =>
  aCase(`data of ${JSON.stringify(text)} is 400: illegal base64`, async (cluster) => {
    const body = { kind: 'Secret', metadata: { name: 'bad' }, data: { a: text } };
    const reply = await cluster.send('POST', configPath('secrets'), body);
    expect(reply.body).toMatchObject({ code: 400, reason: 'BadRequest' });
    const [, place] = /illegal base64 data at input byte (\d+)$/.exec(textAt(reply.body, 'message')) ?? [];
    expect(place, textAt(reply.body, 'message')).toBe(String(faultOf(text)));
  }),
);

/** Where Go says that each begins to be wrong. */
function faultOf(text: (typeof BASE64)[number]): number {
  return { a: 0, abc: 0, 'a===': 1, 'ab=c': 2, 'abcd=': 4, 'ab c': 2, 'YQ==YQ==': 4, ü: 0 }[text];
}

const immutable: readonly ConformanceCase[] = [
  aCase('the type of one can never be changed', async (cluster) => {
    const name = cluster.name('typed');
    await make(cluster, name, {});
    const patch = { type: k8s('basic-auth'), stringData: { username: 'x' } };
    const reply = await cluster.send('PATCH', configPath('secrets', name), patch, PATCH.merge);
    expect(reply.body).toMatchObject({ code: 422, reason: 'Invalid' });
    expect(causesOf(reply)).toEqual([[INVALID, 'type']]);
    expect(textAt(reply.body, 'message')).toContain('field is immutable');
  }),
  aCase('of one that is immutable nobody changes data, by stringData either', async (cluster) => {
    const name = cluster.name('fixed');
    await make(cluster, name, { stringData: { a: '1' }, immutable: true });
    for (const patch of [{ data: { a: 'Mg==' } }, { stringData: { a: '2' } }]) {
      const reply = await cluster.send('PATCH', configPath('secrets', name), patch, PATCH.merge);
      expect(causesOf(reply)).toEqual([[FORBIDDEN, 'data']]);
    }
    const freed = await cluster.send('PATCH', configPath('secrets', name), { immutable: false }, PATCH.merge);
    expect(causesOf(freed)).toEqual([[FORBIDDEN, 'immutable']]);
  }),
];

const values: readonly ConformanceCase[] = [
  aCase('without a type it is Opaque', async (cluster) => {
    expect(await make(cluster, cluster.name('plain'), {})).toMatchObject({ kind: 'Secret', type: 'Opaque' });
  }),
  aCase('stringData is written over data in base64, and not given back', async (cluster) => {
    const name = cluster.name('plain');
    const parts = { data: { a: 'eA==', b: 'eQ==' }, stringData: { a: 'hé', c: '' } };
    const made = await make(cluster, name, parts);
    const data = { a: Buffer.from('hé').toString('base64'), b: 'eQ==', c: '' };
    for (const object of [made, await cluster.get(configPath('secrets', name))]) {
      expect(at(object, 'data')).toEqual(data);
      expect(at(object, 'stringData')).toBeUndefined();
    }
    const next = { stringData: { b: 'z' } };
    const changed = await cluster.ok('PATCH', configPath('secrets', name), next, PATCH.strategic);
    expect(at(changed, 'data')).toEqual({ ...data, b: 'eg==' });
  }),
  aCase('line ends in base64 are skipped', async (cluster) => {
    const made = await make(cluster, cluster.name('plain'), { data: { a: 'aGVs\nbG8=\r\n' } });
    expect(at(made, 'data.a')).toBe('aGVsbG8=');
  }),
  aCase('basic-auth needs one of its two keys', async (cluster) => {
    const parts = { type: k8s('basic-auth'), stringData: { password: '' } };
    expect(await make(cluster, cluster.name('login'), parts)).toMatchObject({ data: { password: '' } });
  }),
  aCase('a put that leaves the type out keeps an Opaque one', async (cluster) => {
    const name = cluster.name('plain');
    await make(cluster, name, { stringData: { a: '1' } });
    const put = await cluster.ok('PUT', configPath('secrets', name), { metadata: { name }, data: { b: 'Yg==' } });
    expect(put).toMatchObject({ type: 'Opaque', data: { b: 'Yg==' } });
    expect(at(put, 'data.a')).toBeUndefined();
  }),
];

const TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io, application/json';

export const SECRETS: ConformanceGroup = {
  name: 'Secrets',
  cases: [
    ...invalids,
    ...undecodable,
    ...immutable,
    ...values,
    aCase('the field selector type finds those of a type', async (cluster) => {
      const label = cluster.name('kind');
      const metadata = { labels: { kind: label } };
      await make(cluster, `${label}-a`, { metadata });
      await make(cluster, `${label}-b`, { metadata, type: 'example.com/own' });
      const of = (selector: string): Promise<readonly unknown[]> =>
        cluster.items(
          configPath('secrets', '', `?labelSelector=kind%3D${label}&fieldSelector=${encodeURIComponent(selector)}`),
        );
      expect(names(await of('type=Opaque'))).toEqual([`${label}-a`]);
      expect(names(await of('type!=Opaque'))).toEqual([`${label}-b`]);
      const refused = await cluster.send('GET', configPath('secrets', '', '?fieldSelector=data%3Dx'));
      expect(refused.body).toMatchObject({ code: 400, message: 'field label not supported: data' });
      const maps = await cluster.send('GET', configPath('configmaps', '', '?fieldSelector=type%3DOpaque'));
      expect(maps.code).toBe(400);
    }),
    aCase('as a Table they come without their values', async (cluster) => {
      const name = cluster.name('printed');
      await make(cluster, name, { stringData: { a: 'told-to-nobody', b: '' } });
      const query = `?includeObject=None&fieldSelector=metadata.name%3D${name}`;
      const { body } = await cluster.api.send({ method: 'GET', path: configPath('secrets', '', query), accept: TABLE });
      expect(itemsAt(body, 'columnDefinitions').map((column) => textAt(column, 'name'))).toEqual([
        'Name',
        'Type',
        'Data',
        'Age',
      ]);
      expect(itemsAt(body, 'rows')).toEqual([
        { cells: [name, 'Opaque', 2, expect.stringMatching(/^\d+s$/)], object: null },
      ]);
    }),
    aCase('who may only view reads ConfigMaps and no Secret', async (cluster) => {
      const name = cluster.name('seen');
      await make(cluster, name, { stringData: { a: '1' } });
      await makeConfig(cluster, 'configmaps', name, { data: { a: '1' } });
      expect((await cluster.sendAs('viewer', 'GET', configPath('configmaps', name))).code).toBe(200);
      const reply = await cluster.sendAs('viewer', 'GET', configPath('secrets', name));
      expect(reply.body).toMatchObject({
        code: 403,
        reason: 'Forbidden',
        message: `secrets "${name}" is forbidden: User "viewer" cannot get resource "secrets" in API group "" in the namespace "conformance"`,
        details: { name, kind: 'secrets' },
      });
      expect((await cluster.sendAs('viewer', 'GET', configPath('secrets'))).code).toBe(403);
    }),
  ],
};
