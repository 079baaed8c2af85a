import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ClusterUser, TEAM_NAMESPACE, TEAM_ROLE } from './access.ts';
import { buildClusterKit } from './cluster-kit.ts';
import { aDaemonSet } from './manifests.ts';
import { RegistryServer } from '../fakes/registry-server.ts';
import { type RealCluster, startRealCluster } from './real-cluster.ts';
import { openRealCore } from './real-core.ts';

const namespace = TEAM_NAMESPACE;
const HUSH = 'hush-hush-value';
const metadata = (name: string) => ({ name, namespace });
const OBJECTS = [
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: metadata('settings'), data: { level: 'info', 'a.conf': HUSH } },
  { apiVersion: 'v1', kind: 'Secret', metadata: metadata('plain'), stringData: { token: HUSH, 'ca.crt': HUSH } },
  { apiVersion: 'v1', kind: 'Secret', metadata: metadata('bytes'), data: { raw: '/wAB' } },
  {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: metadata('pull'),
    type: 'kubernetes.io/dockerconfigjson',
    stringData: {
      '.dockerconfigjson': JSON.stringify({ auths: { 'registry.example.com': { auth: btoa(`u:${HUSH}`) } } }),
    },
  },
  {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: metadata('cache'),
    spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'fast', resources: { requests: { storage: '5Gi' } } },
  },
  { apiVersion: 'v1', kind: 'ServiceAccount', metadata: metadata('agent') },
  { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'agents' }, value: 7 },
  { apiVersion: 'node.k8s.io/v1', kind: 'RuntimeClass', metadata: { name: 'sandbox' }, handler: 'runsc' },
  {
    apiVersion: 'v1',
    kind: 'LimitRange',
    metadata: metadata('bounds'),
    spec: { limits: [{ type: 'Container', default: { cpu: '500m' }, max: { cpu: '2' } }] },
  },
];

const LOGIN = 'robot:hush-of-the-registry';
let registry: RegistryServer;
let cluster: RealCluster;

beforeAll(async () => {
  // On the own machine a registry may go without TLS, so the core needs no authority of the test's.
  registry = await RegistryServer.start({
    login: LOGIN,
    repositories: { 'team/agent': ['1.0', '2.0'], 'team/side': [] },
  });
  cluster = await startRealCluster({ kit: await buildClusterKit(), nodes: 2, name: 'offers' });
  const auths = { [registry.host]: { auth: btoa(LOGIN) } };
  const login = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: metadata('registry'),
    type: 'kubernetes.io/dockerconfigjson',
    stringData: { '.dockerconfigjson': JSON.stringify({ auths }) },
  };
  const items = [...OBJECTS, login, aDaemonSet('shipper', { namespace })];
  const applied = await cluster.kubectl(['create', '-f', '-'], {
    input: JSON.stringify({ apiVersion: 'v1', kind: 'List', items }),
  });
  expect(applied, applied.stderr).toMatchObject({ code: 0 });
}, 20 * 60_000);

afterAll(async () => {
  await cluster.stop();
  await registry.close();
});

describe('offers of a real control plane', () => {
  it('are what was created, without a value', async () => {
    await using core = await openRealCore(cluster);
    const { client, contextName } = core;
    const scope = { contextName, namespace };
    const said = {
      namespaces: await client.offers.namespaces({ contextName }),
      configMaps: await client.offers.configMaps(scope),
      configMapKeys: await client.offers.configMapKeys({ ...scope, name: 'settings' }),
      secrets: await client.offers.secrets(scope),
      pullSecrets: await client.offers.secrets({ ...scope, type: 'kubernetes.io/dockerconfigjson' }),
      secretKeys: await client.offers.secretKeys({ ...scope, name: 'plain' }),
      claims: await client.offers.persistentVolumeClaims(scope),
      serviceAccounts: await client.offers.serviceAccounts(scope),
      priorityClasses: await client.offers.priorityClasses({ contextName }),
      runtimeClasses: await client.offers.runtimeClasses({ contextName }),
      limitRanges: await client.offers.limitRanges(scope),
    };
    expect(JSON.stringify(said)).not.toContain(HUSH);
    expect(JSON.stringify(said)).not.toContain(btoa(HUSH));
    const names = Object.fromEntries(
      Object.entries(said).map(([kind, offer]) => [
        kind,
        'none' in offer ? offer.none : offer.items.map((item) => (typeof item === 'string' ? item : item.name)),
      ]),
    );
    expect(names).toMatchObject({
      namespaces: expect.arrayContaining(['default', 'kube-system', namespace]) as string[],
      configMaps: expect.arrayContaining(['settings']) as string[],
      configMapKeys: ['a.conf', 'level'],
      secrets: ['bytes', 'plain', 'pull', 'registry'],
      pullSecrets: ['pull', 'registry'],
      secretKeys: ['ca.crt', 'token'],
      claims: ['cache'],
      serviceAccounts: expect.arrayContaining(['agent']) as string[],
      priorityClasses: expect.arrayContaining(['agents', 'system-node-critical']) as string[],
      runtimeClasses: ['sandbox'],
      limitRanges: ['bounds'],
    });
    expect(said.secrets).toMatchObject({
      items: [
        { name: 'bytes', type: 'Opaque', keyCount: 1 },
        { name: 'plain', type: 'Opaque', keyCount: 2 },
        { name: 'pull', type: 'kubernetes.io/dockerconfigjson', keyCount: 1 },
        { name: 'registry', type: 'kubernetes.io/dockerconfigjson', keyCount: 1 },
      ],
    });
    expect(said.claims).toMatchObject({
      items: [{ phase: 'Pending', size: '5Gi', storageClassName: 'fast', accessModes: ['ReadWriteOnce'] }],
    });
    expect(said.limitRanges).toMatchObject({
      items: [{ type: 'Container', default: { cpu: '500m' }, defaultRequest: { cpu: '500m' }, max: { cpu: '2' } }],
    });
  });

  it('know the nodes, the images and the names that are taken', async () => {
    await using core = await openRealCore(cluster);
    const { client, contextName } = core;
    const labels = await client.offers.nodeLabels({ contextName });
    expect(labels).toMatchObject({
      items: expect.arrayContaining([
        { key: 'kubernetes.io/os', values: [{ value: 'linux', nodes: 2 }], moreValues: false },
      ]) as unknown[],
    });
    const images = await client.offers.images({ contextName, namespace });
    expect('items' in images && images.items.length).toBe(1);
    const ref = { contextName, namespace, name: 'shipper' };
    expect(await client.offers.isNameTaken(ref)).toEqual({ taken: true });
    expect(await client.offers.isNameTaken({ ...ref, name: 'free' })).toEqual({ taken: false });
    const daemonSets = await client.offers.daemonSets({ contextName, namespace });
    const podLabels = { app: 'shipper' };
    expect(daemonSets).toMatchObject({
      items: [{ name: 'shipper', selector: { matchLabels: podLabels }, podLabels }],
    });
  });

  it('say in which namespaces a user may create DaemonSets', async () => {
    const granted = await cluster.kubectl([
      ...['create', 'rolebinding', 'viewer-too', '-n', namespace],
      ...[`--role=${TEAM_ROLE.metadata.name}`, '--user=viewer'],
    ]);
    expect(granted, granted.stderr).toMatchObject({ code: 0 });
    const told = async (user: ClusterUser) => {
      await using core = await openRealCore(cluster, user);
      const { client, contextName } = core;
      const offered = await client.offers.namespaces({ contextName });
      return 'none' in offered ? [] : offered.items.map(({ name, mayCreate }) => `${name} ${mayCreate}`);
    };
    expect(await told('admin')).toEqual(expect.arrayContaining(['default allowed', `${namespace} allowed`]));
    // The binding reaches the authorizer a moment after it is stored.
    await expect
      .poll(() => told('viewer'))
      .toEqual(expect.arrayContaining(['default denied', 'kube-system denied', `${namespace} allowed`]));
  });

  it('say to a limited user which right is missing, and still know what that user may read', async () => {
    await using core = await openRealCore(cluster, 'namespace-user');
    const { client, contextName } = core;
    const scope = { contextName, namespace };
    expect(await client.offers.secrets(scope)).toEqual({ none: `You may not list secrets in namespace ${namespace}.` });
    expect(await client.offers.secretKeys({ ...scope, name: 'plain' })).toEqual({
      none: `You may not get secrets in namespace ${namespace}.`,
    });
    expect(await client.offers.namespaces({ contextName })).toEqual({
      none: 'You may not list namespaces in the whole cluster.',
    });
    expect(await client.offers.nodeLabels({ contextName })).toEqual({
      none: 'You may not list nodes in the whole cluster.',
    });
    const images = await client.offers.images(scope);
    expect('items' in images && images.items.length).toBe(1);
  });
});

describe('what environment variables refer to, on a real control plane', () => {
  const grant = async (...args: readonly string[]) => {
    const granted = await cluster.kubectl(['create', ...args, '-n', namespace]);
    expect(granted, granted.stderr).toMatchObject({ code: 0 });
  };

  it('is read object by object: one Secret that the user may not read hinders no other', async () => {
    await grant('role', 'plain-reader', '--verb=get', '--resource=secrets', '--resource-name=plain');
    await grant('rolebinding', 'plain-reader', '--role=plain-reader', '--user=viewer');
    await using core = await openRealCore(cluster, 'viewer');
    const { client, contextName, dataDir } = core;
    const place = { contextName, namespace };
    expect(await client.config.configMap({ ...place, name: 'settings' })).toEqual({
      state: 'read',
      values: { level: 'info', 'a.conf': HUSH },
      binaryKeys: [],
    });
    // The binding reaches the authorizer a moment after it is stored.
    await expect
      .poll(() => client.config.secretKeys({ ...place, name: 'plain' }))
      .toEqual({ state: 'read', keys: ['ca.crt', 'token'] });
    const token = { ...place, name: 'plain', key: 'token' };
    expect(await client.config.secretValue(token)).toEqual({ state: 'read', text: HUSH });
    const why = `You may not get secrets in namespace ${namespace}.`;
    expect(await client.config.secretKeys({ ...place, name: 'pull' })).toEqual({ state: 'unreadable', why });
    expect(await client.config.secretValue({ ...token, name: 'pull' })).toEqual({ state: 'unreadable', why });
    for (const file of await readdir(dataDir, { recursive: true, withFileTypes: true })) {
      if (file.isFile()) expect(await readFile(join(file.parentPath, file.name), 'utf8')).not.toContain(HUSH);
    }
  });

  it('is missing when it is not there, and binary when it is no text', async () => {
    await using core = await openRealCore(cluster);
    const { client, contextName } = core;
    const place = { contextName, namespace };
    expect(await client.config.configMap({ ...place, name: 'nowhere' })).toEqual({ state: 'missing' });
    expect(await client.config.secretKeys({ ...place, name: 'nowhere' })).toEqual({ state: 'missing' });
    expect(await client.config.secretValue({ ...place, name: 'plain', key: 'none' })).toEqual({ state: 'missing' });
    expect(await client.config.secretValue({ ...place, name: 'bytes', key: 'raw' })).toEqual({
      state: 'binary',
      bytes: 3,
    });
  });
});

describe('image search with a pull secret of a real control plane', () => {
  it('signs in with it in the core, and gives the page repositories and tags alone', async () => {
    await using core = await openRealCore(cluster);
    const { client, contextName } = core;
    const pullSecret = { contextName, namespace, name: 'registry' };
    const repositories = await client.imageSearch.repositories({ registry: registry.host, query: 'team', pullSecret });
    const tags = await client.imageSearch.tags({ image: `${registry.host}/team/agent`, pullSecret });
    expect(repositories).toEqual({ items: [{ name: 'team/agent' }, { name: 'team/side' }], more: false });
    expect(tags).toEqual({ items: ['1.0', '2.0'], more: false });
    expect(registry.seen.some(({ authorization }) => authorization === `Basic ${btoa(LOGIN)}`)).toBe(true);
  });

  it('says which right is missing to whom may not read the secret', async () => {
    await using core = await openRealCore(cluster, 'namespace-user');
    const { client, contextName } = core;
    const pullSecret = { contextName, namespace, name: 'registry' };
    expect(await client.imageSearch.tags({ image: `${registry.host}/team/agent`, pullSecret })).toEqual({
      none: `You may not get secrets in namespace ${namespace}.`,
    });
  });

  it('is off where the setting says so', async () => {
    await using core = await openRealCore(cluster);
    const { client } = core;
    await client.imageSearch.setEnabled({ enabled: false });
    expect(await client.imageSearch.settings()).toEqual({ enabled: false });
    const before = registry.seen.length;
    expect(await client.imageSearch.tags({ image: `${registry.host}/team/agent` })).toEqual({
      none: 'Image search is turned off in the settings.',
    });
    expect(registry.seen).toHaveLength(before);
  });
});
