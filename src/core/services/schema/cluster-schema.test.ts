import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ClusterFixture, type Said } from '../../../../tests/fakes/cluster-fixture.ts';
import { FakeClock } from '../../../../tests/fakes/fake-clock.ts';
import { statusBody } from '../../../../tests/fakes/scripted-api-server.ts';
import { createSchemaService, type SchemaService } from './cluster-schema.ts';
import { SchemaCache } from './schema-cache.ts';

const signal = new AbortController().signal;
const DOCUMENT = '/openapi/v3/apis/apps/v1';
const gvk = [{ group: 'apps', version: 'v1', kind: 'DaemonSet' }];

let clock: FakeClock;
let fixture: ClusterFixture;
let folder: string;
let logged: string[];
let hash: string;

beforeEach(async () => {
  clock = new FakeClock();
  fixture = await ClusterFixture.open({ clock });
  folder = join(await mkdtemp(join(tmpdir(), 'everynode-schema-')), 'schemas');
  logged = [];
  hash = 'AAA';
  fixture.answer = ({ path }) => (path === '/openapi/v3' ? index(`${DOCUMENT}?hash=${hash}`) : document());
});
afterEach(async () => {
  await fixture.close();
  await rm(join(folder, '..'), { recursive: true });
});

const index = (serverRelativeURL: string): Said => [200, { paths: { 'apis/apps/v1': { serverRelativeURL } } }];
const document = (): Said => {
  const properties = { [`field${hash}`]: { type: 'string' } };
  return [200, { components: { schemas: { 'x.DaemonSet': { properties, 'x-kubernetes-group-version-kind': gvk } } } }];
};
const cache = () => new SchemaCache(folder, (line) => logged.push(line));
const service = (): SchemaService => createSchemaService({ findCluster: fixture.find, cache: cache() });
const schemaFile = async () => (await readdir(folder)).find((name) => name.endsWith('.json')) ?? '';
const documents = () => fixture.requests(DOCUMENT).length;

describe('the schema of a cluster', () => {
  it('is its own, asked for by the hash that its index names', async () => {
    const answer = await service().daemonSet('test', signal);
    expect(answer).toMatchObject({ source: 'cluster', schema: { serverVersion: 'v1.37.2', root: 'DaemonSet' } });
    expect(answer.schema.types['DaemonSet']?.fields).toHaveProperty('fieldAAA');
    expect(fixture.requests(DOCUMENT)[0]?.query.get('hash')).toBe('AAA');
  });

  it('is kept on disk for its owner alone, and read from there as long as the hash is the same', async () => {
    await service().daemonSet('test', signal);
    const file = await schemaFile();
    expect((await stat(join(folder, file))).mode & 0o777).toBe(0o600);
    const again = await service().daemonSet('test', signal);
    expect(again.source).toBe('cluster');
    expect(documents()).toBe(1);
    hash = 'BBB';
    const later = await service().daemonSet('test', signal);
    expect(later.schema.types['DaemonSet']?.fields).toHaveProperty('fieldBBB');
    expect(documents()).toBe(2);
  });

  it('is asked for once a minute', async () => {
    const schemas = service();
    await Promise.all([schemas.daemonSet('test', signal), schemas.daemonSet('test', signal)]);
    await schemas.daemonSet('test', signal);
    expect(fixture.requests('/openapi/v3')).toHaveLength(1);
    await clock.advance(60_000);
    await schemas.daemonSet('test', signal);
    expect(fixture.requests('/openapi/v3')).toHaveLength(2);
  });

  it('is asked for again when the kept file was cut', async () => {
    await service().daemonSet('test', signal);
    const file = await schemaFile();
    const path = join(folder, file);
    await writeFile(path, (await readFile(path, 'utf8')).slice(0, 40));
    expect((await service().daemonSet('test', signal)).source).toBe('cluster');
    expect(documents()).toBe(2);
  });

  it('is not kept when the folder is no folder, which is logged', async () => {
    await writeFile(folder, 'a file');
    expect((await service().daemonSet('test', signal)).source).toBe('cluster');
    expect(logged).toEqual([expect.stringMatching(/^A cluster's schema was not kept: /)]);
  });
});

describe('the bundled schema', () => {
  it('stands in where no cluster is named', async () => {
    const answer = await service().daemonSet(undefined, signal);
    expect(answer).toMatchObject({
      source: 'bundled',
      why: 'No cluster was named.',
      schema: { serverVersion: 'v1.37.2' },
    });
    expect(answer.schema.types['PodSpec']?.required).toEqual(['containers']);
    expect(answer.schema.types['ContainerPort']?.fields['protocol']).toMatchObject({ enum: ['SCTP', 'TCP', 'UDP'] });
    expect(answer.schema.types['PodSpec']?.fields['containers']).toMatchObject({ listMapKeys: ['name'] });
  });

  it.each<readonly [string, Said, RegExp]>([
    ['the right is missing', [403, statusBody(403, 'Forbidden', 'forbidden')], /^You may not get \/openapi\/v3/],
    ['the server is too old', [404, statusBody(404, 'NotFound', 'no')], /^This cluster has no \/openapi\/v3/],
    ['the cluster is away', 'cut', /127\.0\.0\.1/],
    ['the index names another server', index('https://evil.example/openapi/v3/apis/apps/v1'), /serves no OpenAPI v3/],
    ['the index leads elsewhere', index('/api/v1/secrets'), /serves no OpenAPI v3/],
    ['the document is another', [200, { paths: {} }], /serves no OpenAPI v3/],
  ])('stands in, with the reason, where %s', async (_what, said, why) => {
    fixture.answer = () => said;
    const answer = await service().daemonSet('test', signal);
    expect(answer).toMatchObject({ source: 'bundled', why: expect.stringMatching(why) as string });
    expect(fixture.requests('/api/v1/secrets')).toEqual([]);
  });

  it('stands in for a context that is not open', async () => {
    expect(await service().daemonSet('closed', signal)).toMatchObject({
      source: 'bundled',
      why: 'The context "closed" is not open.',
    });
  });
});

describe('the schema last seen', () => {
  const refused: Said = [403, statusBody(403, 'Forbidden', 'forbidden')];

  it('stands in for a cluster that is away, after a restart too, with the reason', async () => {
    await service().daemonSet('test', signal);
    fixture.answer = () => 'cut';
    const answer = await service().daemonSet('test', signal);
    expect(answer).toMatchObject({ source: 'seen', why: expect.stringMatching(/127\.0\.0\.1/) as string });
    expect(answer.schema.types['DaemonSet']?.fields).toHaveProperty('fieldAAA');
  });

  it('is the newest of the context, and no other context gets it', async () => {
    await service().daemonSet('test', signal);
    hash = 'BBB';
    await service().daemonSet('test', signal);
    fixture.answer = () => refused;
    const answer = await service().daemonSet('test', signal);
    expect(answer.schema.types['DaemonSet']?.fields).toHaveProperty('fieldBBB');
    expect((await service().daemonSet('other', signal)).source).toBe('bundled');
  });

  it('is forgotten when the note of it was cut', async () => {
    await service().daemonSet('test', signal);
    await writeFile(join(folder, 'last-seen'), '[{"contextName":"te');
    fixture.answer = () => refused;
    expect((await service().daemonSet('test', signal)).source).toBe('bundled');
  });
});

describe('the folder of schemas', () => {
  it('holds at most sixteen, the least recently used go first', async () => {
    const schema = { serverVersion: 'v1', root: 'DaemonSet', types: {} };
    const kept = cache();
    const key = (nth: number) => ({ serverVersion: `v1.${nth}`, hash: 'h' });
    for (let nth = 0; nth < 16; nth++) await kept.write(key(nth), schema);
    // Older than the rest, and one of them read since.
    const old = new Date(0);
    for (const file of await readdir(folder)) await utimes(join(folder, file), old, old);
    expect(await kept.read(key(3))).toEqual(schema);
    await kept.write(key(16), schema);
    await kept.write(key(17), schema);
    expect(await readdir(folder)).toHaveLength(16);
    expect(await kept.read(key(3))).toEqual(schema);
    expect(await kept.read(key(17))).toEqual(schema);
  });
});
