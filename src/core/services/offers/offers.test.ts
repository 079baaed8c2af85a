import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ClusterFixture, type Said, type Sent } from '../../../../tests/fakes/cluster-fixture.ts';
import { FakeClock } from '../../../../tests/fakes/fake-clock.ts';
import { statusBody } from '../../../../tests/fakes/scripted-api-server.ts';
import { until } from '../../../../tests/fakes/connection-fixture.ts';
import { createAccessService } from '../access.ts';
import { createOffersService, type OffersService } from './offers.ts';

const scope = { contextName: 'test', namespace: 'logging' };
const signal = new AbortController().signal;
const core = '/api/v1/namespaces/logging';

let clock: FakeClock;
let fixture: ClusterFixture;
let drafts: string[];
let offers: OffersService;

beforeEach(async () => {
  clock = new FakeClock();
  fixture = await ClusterFixture.open({ clock });
  drafts = [];
  const access = createAccessService(fixture.find);
  offers = createOffersService({
    findCluster: fixture.find,
    draftTexts: async () => drafts,
    askRight: (contextName) => (check) => access.askLater(contextName, check),
  });
});
afterEach(() => fixture.close());

/** Answers lists by path; a watch stays open. */
function serve(answers: Readonly<Record<string, Said>>): void {
  fixture.answer = (request: Sent) => {
    if (request.query.has('watch')) return 'silent';
    return (
      answers[request.path] ?? [404, statusBody(404, 'NotFound', 'the server could not find the requested resource')]
    );
  };
}

const list = (...items: readonly object[]): Said => [200, { kind: 'List', metadata: { resourceVersion: '5' }, items }];
const named = (name: string, more: object = {}) => ({ metadata: { name }, ...more });
const forbidden: Said = [
  403,
  statusBody(403, 'Forbidden', 'secrets is forbidden: User "jane" cannot list resource "secrets"'),
];

function table(columns: readonly string[], ...rows: readonly (readonly (string | number)[])[]): Said {
  return [
    200,
    {
      kind: 'Table',
      metadata: {},
      columnDefinitions: columns.map((name) => ({ name })),
      rows: rows.map((cells) => ({ cells, object: null })),
    },
  ];
}

describe('what the cluster offers', () => {
  it('offers namespaces, service accounts and classes by name', async () => {
    serve({
      '/api/v1/namespaces': list(named('logging', { status: { phase: 'Active' } })),
      [`${core}/serviceaccounts`]: list(named('default'), named('agent', { automountServiceAccountToken: false })),
      '/apis/scheduling.k8s.io/v1/priorityclasses': list(
        named('high', { value: 1000, globalDefault: true, description: 'first' }),
      ),
      '/apis/node.k8s.io/v1/runtimeclasses': list(named('sandbox', { handler: 'runsc' })),
    });
    expect(await offers.namespaces({ contextName: 'test' }, signal)).toEqual({
      // A server that knows no reviews denies nothing.
      items: [{ name: 'logging', phase: 'Active', mayCreate: 'allowed' }],
      more: false,
    });
    expect(await offers.serviceAccounts(scope, signal)).toMatchObject({
      items: [{ name: 'default' }, { name: 'agent', automountServiceAccountToken: false }],
    });
    expect(await offers.priorityClasses({ contextName: 'test' }, signal)).toMatchObject({
      items: [
        {
          name: 'high',
          value: 1000,
          globalDefault: true,
          preemptionPolicy: 'PreemptLowerPriority',
          description: 'first',
        },
      ],
    });
    expect(await offers.runtimeClasses({ contextName: 'test' }, signal)).toMatchObject({
      items: [{ name: 'sandbox', handler: 'runsc' }],
    });
  });

  it('says in which namespaces the user may create, and asks once a minute', async () => {
    const reviewed: string[] = [];
    fixture.answer = ({ path, body }) => {
      if (path === '/api/v1/namespaces') return list(named('a'), named('logging'));
      const { namespace = '' } = (body as { spec: { resourceAttributes: { namespace?: string } } }).spec
        .resourceAttributes;
      reviewed.push(namespace);
      return [201, { status: { allowed: namespace === 'logging' } }];
    };
    const answer = await offers.namespaces({ contextName: 'test' }, signal);
    expect(answer).toMatchObject({
      items: [
        { name: 'a', mayCreate: 'denied' },
        { name: 'logging', mayCreate: 'allowed' },
      ],
    });
    expect(await offers.namespaces({ contextName: 'test' }, signal)).toEqual(answer);
    expect(reviewed).toEqual(['', 'a', 'logging']);
  });

  it('offers claims with what is bound, else with what was asked for', async () => {
    const spec = {
      storageClassName: 'fast',
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: '5Gi' } },
    };
    serve({
      [`${core}/persistentvolumeclaims`]: list(
        named('bound', {
          spec,
          status: { phase: 'Bound', capacity: { storage: '8Gi' }, accessModes: ['ReadWriteMany'] },
        }),
        named('waiting', { spec, status: { phase: 'Pending' } }),
      ),
    });
    const common = { storageClassName: 'fast', volumeMode: 'Filesystem' };
    expect(await offers.persistentVolumeClaims(scope, signal)).toEqual({
      items: [
        { name: 'bound', phase: 'Bound', size: '8Gi', accessModes: ['ReadWriteMany'], ...common },
        { name: 'waiting', phase: 'Pending', size: '5Gi', accessModes: ['ReadWriteOnce'], ...common },
      ],
      more: false,
    });
  });

  it('offers the entries of LimitRanges one by one', async () => {
    const limits = [
      { type: 'Container', default: { cpu: '500m' }, defaultRequest: { cpu: '100m' }, max: { memory: '1Gi' } },
      { type: 'Pod', maxLimitRequestRatio: { cpu: '4' } },
    ];
    serve({ [`${core}/limitranges`]: list(named('bounds', { spec: { limits } })) });
    const empty = { default: {}, defaultRequest: {}, min: {}, max: {}, maxLimitRequestRatio: {} };
    expect(await offers.limitRanges(scope, signal)).toMatchObject({
      items: [
        { ...empty, name: 'bounds', ...limits[0] },
        { ...empty, name: 'bounds', ...limits[1] },
      ],
    });
  });

  it('says when there are more than it asked for', async () => {
    serve({ [`${core}/serviceaccounts`]: [200, { metadata: { continue: 'token' }, items: [named('a')] }] });
    expect(await offers.serviceAccounts(scope, signal)).toMatchObject({ more: true });
    expect(fixture.requests(`${core}/serviceaccounts`)[0]?.query.get('limit')).toBe('500');
  });

  it('asks once in ten seconds', async () => {
    serve({ [`${core}/serviceaccounts`]: list(named('a')) });
    await Promise.all([offers.serviceAccounts(scope, signal), offers.serviceAccounts(scope, signal)]);
    await offers.serviceAccounts({ ...scope, namespace: 'other' }, signal);
    expect(fixture.requests(`${core}/serviceaccounts`)).toHaveLength(1);
    await clock.advance(10_000);
    await offers.serviceAccounts(scope, signal);
    expect(fixture.requests(`${core}/serviceaccounts`)).toHaveLength(2);
  });

  it('ends the request when the caller leaves', async () => {
    fixture.answer = () => 'silent';
    const caller = new AbortController();
    const waiting = offers.serviceAccounts(scope, caller.signal);
    await until(() => fixture.sent.length === 1);
    caller.abort();
    await expect(waiting).rejects.toMatchObject({ reason: 'Cancelled' });
    await until(() => fixture.left === 1);
    expect(fixture.left).toBe(1);
  });
});

describe('ConfigMaps and Secrets', () => {
  it('are listed as the server prints them, so that no value is sent', async () => {
    serve({
      [`${core}/configmaps`]: table(['Name', 'Data', 'Age'], ['settings', 2, '3d']),
      [`${core}/secrets`]: table(['Name', 'Type', 'Data', 'Age'], ['pull', 'kubernetes.io/dockerconfigjson', 1, '3d']),
    });
    expect(await offers.configMaps(scope, signal)).toEqual({ items: [{ name: 'settings', keyCount: 2 }], more: false });
    expect(await offers.secrets({ ...scope, type: 'kubernetes.io/dockerconfigjson' }, signal)).toEqual({
      items: [{ name: 'pull', type: 'kubernetes.io/dockerconfigjson', keyCount: 1 }],
      more: false,
    });
    const [request] = fixture.requests(`${core}/secrets`);
    expect(request?.headers['accept']).toContain('as=Table');
    expect(request?.query.get('includeObject')).toBe('None');
    expect(request?.query.get('fieldSelector')).toBe('type=kubernetes.io/dockerconfigjson');
  });

  it('are counted from whole objects where a server prints no tables', async () => {
    serve({ [`${core}/secrets`]: list(named('one', { type: 'Opaque', data: { a: 'aHVzaA==', b: '' } })) });
    expect(await offers.secrets(scope, signal)).toEqual({
      items: [{ name: 'one', type: 'Opaque', keyCount: 2 }],
      more: false,
    });
  });

  it('give their keys and never a value', async () => {
    serve({
      [`${core}/secrets/one`]: [200, named('one', { data: { token: 'aHVzaC1odXNo', 'ca.crt': 'aHVzaA==' } })],
      [`${core}/configmaps/two`]: [200, named('two', { data: { z: 'hush' }, binaryData: { a: 'aHVzaA==' } })],
    });
    const secret = await offers.secretKeys({ ...scope, name: 'one' }, signal);
    const configMap = await offers.configMapKeys({ ...scope, name: 'two' }, signal);
    expect(secret).toEqual({ items: ['ca.crt', 'token'], more: false });
    expect(configMap).toEqual({ items: ['a', 'z'], more: false });
    expect(JSON.stringify([secret, configMap])).not.toMatch(/hush|aHVza/);
  });

  it('are asked for anew each time where they are Secrets', async () => {
    serve({ [`${core}/secrets`]: list(), [`${core}/configmaps`]: list() });
    for (let turn = 0; turn < 2; turn++) {
      await offers.secrets(scope, signal);
      await offers.configMaps(scope, signal);
    }
    expect(fixture.requests(`${core}/secrets`)).toHaveLength(2);
    expect(fixture.requests(`${core}/configmaps`)).toHaveLength(1);
  });

  it('say that there is none of a name', async () => {
    expect(await offers.secretKeys({ ...scope, name: 'lost' }, signal)).toEqual({
      none: 'There is no Secret lost in namespace logging.',
    });
  });

  it('quote nothing of an answer that is no JSON', async () => {
    fixture.answer = () => [200, undefined, { 'content-type': 'text/plain' }];
    const said = await offers.secretKeys({ ...scope, name: 'odd' }, signal);
    expect(said).toEqual({ none: 'The API server answered with no JSON.' });
  });
});

describe('when nothing is offered', () => {
  it('names the missing verb and resource', async () => {
    fixture.answer = () => forbidden;
    expect(await offers.secrets(scope, signal)).toEqual({ none: 'You may not list secrets in namespace logging.' });
    expect(await offers.priorityClasses({ contextName: 'test' }, signal)).toEqual({
      none: 'You may not list priorityclasses.scheduling.k8s.io in the whole cluster.',
    });
    expect(await offers.secretKeys({ ...scope, name: 'one' }, signal)).toEqual({
      none: 'You may not get secrets in namespace logging.',
    });
    expect(await offers.nodeLabels({ contextName: 'test' }, signal)).toEqual({
      none: 'You may not list nodes in the whole cluster.',
    });
  });

  it('says that the cluster is away, or not open', async () => {
    fixture.answer = () => 'cut';
    expect(await offers.configMaps(scope, signal)).toMatchObject({
      none: expect.stringContaining('127.0.0.1') as string,
    });
    expect(await offers.configMaps({ ...scope, contextName: 'closed' }, signal)).toEqual({
      none: 'The context "closed" is not open.',
    });
  });

  it('says that an old server does not know the kind', async () => {
    expect(await offers.runtimeClasses({ contextName: 'test' }, signal)).toEqual({
      none: 'This cluster has no runtimeclasses.node.k8s.io.',
    });
  });
});

describe('nodes', () => {
  const node = (name: string, labels: object, taints: readonly object[] = []) => ({
    metadata: { name, uid: name, resourceVersion: '1', labels },
    spec: { taints },
  });
  const taint = { key: 'gpu', value: 'yes', effect: 'NoSchedule' };

  it('offer their labels by key, the values of most nodes first, and their taints', async () => {
    serve({
      '/api/v1/nodes': list(
        node('n1', { zone: 'b', arch: 'amd64' }, [taint]),
        node('n2', { zone: 'b' }, [taint, { key: 'late', effect: 'NoExecute' }]),
        node('n3', { zone: 'a' }),
      ),
    });
    expect(await offers.nodeLabels({ contextName: 'test' }, signal)).toEqual({
      items: [
        { key: 'arch', values: [{ value: 'amd64', nodes: 1 }], moreValues: false },
        {
          key: 'zone',
          values: [
            { value: 'b', nodes: 2 },
            { value: 'a', nodes: 1 },
          ],
          moreValues: false,
        },
      ],
      more: false,
    });
    expect(await offers.taints({ contextName: 'test' }, signal)).toEqual({
      items: [
        { ...taint, nodes: 2 },
        { key: 'late', effect: 'NoExecute', nodes: 1 },
      ],
      more: false,
    });
    expect(fixture.requests('/api/v1/nodes').filter(({ query }) => !query.has('watch'))).toHaveLength(1);
  });

  it('offer at most fifty values of a key', async () => {
    serve({
      '/api/v1/nodes': list(...Array.from({ length: 60 }, (_, index) => node(`n${index}`, { host: `h${index}` }))),
    });
    const said = await offers.nodeLabels({ contextName: 'test' }, signal);
    expect(said).toMatchObject({ items: [{ key: 'host', moreValues: true }] });
    expect('items' in said && said.items[0]?.values).toHaveLength(50);
  });

  it('are waited for at most ten seconds', async () => {
    fixture.answer = () => 'silent';
    const waiting = offers.taints({ contextName: 'test' }, signal);
    await until(() => fixture.sent.length > 0);
    await clock.advance(10_000);
    expect(await waiting).toEqual({ none: 'The cluster takes long to answer.' });
  });
});

describe('DaemonSets', () => {
  const daemonSet = (name: string, ...images: readonly string[]) => ({
    metadata: { name, namespace: 'logging', uid: name, resourceVersion: '1' },
    spec: {
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { tier: 'node' }, annotations: { note: 'not told' } },
        spec: { containers: images.map((image, index) => ({ name: `c${index}`, image })) },
      },
    },
  });
  const draft = (image: string) =>
    `apiVersion: apps/v1\nkind: DaemonSet\nspec: {template: {spec: {containers: [{name: a, image: "${image}"}]}}}\n`;

  it('offer their names with selectors, and say whether a name is taken', async () => {
    serve({
      '/apis/apps/v1/namespaces/logging/daemonsets': list(daemonSet('agent')),
      '/apis/apps/v1/namespaces/logging/daemonsets/agent': [200, daemonSet('agent')],
    });
    expect(await offers.daemonSets(scope, signal)).toEqual({
      items: [
        { name: 'agent', uid: 'agent', selector: { matchLabels: { app: 'agent' } }, podLabels: { tier: 'node' } },
      ],
      more: false,
    });
    expect(await offers.isNameTaken({ ...scope, name: 'agent' }, signal)).toEqual({ taken: true });
    expect(await offers.isNameTaken({ ...scope, name: 'free' }, signal)).toEqual({ taken: false });
    fixture.answer = () => forbidden;
    expect(await offers.isNameTaken({ ...scope, name: 'agent' }, signal)).toEqual({
      none: 'You may not get daemonsets.apps in namespace logging.',
    });
  });

  it('offer the images of the cluster and of drafts, the most used first', async () => {
    drafts = [draft('draft:1'), draft('often:2'), 'this: is no DaemonSet'];
    serve({
      '/apis/apps/v1/daemonsets': list(daemonSet('a', 'once:1', 'often:2', 'often:2'), daemonSet('b', 'often:2')),
    });
    expect(await offers.images(scope, signal)).toEqual({
      items: [
        { image: 'often:2', daemonSets: 2, drafts: 1 },
        { image: 'once:1', daemonSets: 1, drafts: 0 },
        { image: 'draft:1', daemonSets: 0, drafts: 1 },
      ],
      more: false,
    });
  });

  it('offer the images of one namespace to whom may list no more, and of drafts to whom may list nothing', async () => {
    fixture.answer = ({ path, query }) =>
      path === '/apis/apps/v1/daemonsets' ? forbidden : query.has('watch') ? 'silent' : list(daemonSet('a', 'mine:1'));
    expect(await offers.images(scope, signal)).toMatchObject({ items: [{ image: 'mine:1' }] });
    await clock.advance(5_000);
    fixture.answer = () => forbidden;
    const other = { ...scope, namespace: 'other' };
    expect(await offers.images(other, signal)).toEqual({
      none: 'You may not list daemonsets.apps in namespace other.',
    });
    drafts = [draft('draft:1')];
    expect(await offers.images(other, signal)).toMatchObject({ items: [{ image: 'draft:1' }] });
  });
});
