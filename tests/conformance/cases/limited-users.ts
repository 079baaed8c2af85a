import { expect } from 'vitest';
import { TEAM_NAMESPACE, TEAM_ROLE } from '../../cluster/access.ts';
import type { LimitedUser } from '../api-under-test.ts';
import { type ConformanceGroup, aCase } from '../conformance-case.ts';
import { itemsAt, textAt } from '../json-path.ts';
import type { JudgedCluster } from '../judged-cluster.ts';
import { nowhere } from '../manifest.ts';

const API = '/apis/authorization.k8s.io/v1';
const OTHER = 'default';

interface Attributes {
  readonly verb: string;
  readonly group?: string;
  readonly resource: string;
  readonly subresource?: string;
  readonly namespace?: string;
  readonly name?: string;
}

async function mayDo(cluster: JudgedCluster, user: LimitedUser, spec: object): Promise<unknown> {
  const body = { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', spec };
  const reply = await cluster.sendAs(user, 'POST', `${API}/selfsubjectaccessreviews`, body);
  expect(reply).toMatchObject({ code: 201, body: { kind: 'SelfSubjectAccessReview', spec } });
  return reply.body;
}

function words({ verb, group = '', resource, subresource, namespace, name }: Attributes): string {
  const what = [resource, subresource].filter((part) => part !== undefined).join('/');
  const where = namespace === undefined ? 'anywhere' : `in ${namespace}`;
  return `${verb} ${what}${group === '' ? '' : `.${group}`}${name === undefined ? '' : ` ${name}`} ${where}`;
}

const daemonsets = { group: 'apps', resource: 'daemonsets' } as const;
const team = { namespace: TEAM_NAMESPACE } as const;

/** Every question that the app asks before it offers an act, and some that it must not get wrong. */
const QUESTIONS: readonly (readonly [LimitedUser, boolean, Attributes])[] = [
  ['viewer', true, { verb: 'list', ...daemonsets }],
  ['viewer', true, { verb: 'watch', ...daemonsets, ...team }],
  ['viewer', true, { verb: 'list', group: 'apps', resource: 'controllerrevisions', ...team }],
  ['viewer', true, { verb: 'get', resource: 'pods', subresource: 'log', ...team }],
  ['viewer', true, { verb: 'list', resource: 'events', ...team }],
  ['viewer', true, { verb: 'list', resource: 'namespaces' }],
  ['viewer', false, { verb: 'list', resource: 'nodes' }],
  ['viewer', false, { verb: 'list', resource: 'secrets', ...team }],
  ['viewer', false, { verb: 'create', ...daemonsets, ...team }],
  ['viewer', false, { verb: 'patch', ...daemonsets, ...team, name: 'agent' }],
  ['viewer', false, { verb: 'delete', ...daemonsets, ...team, name: 'agent' }],
  ['viewer', false, { verb: 'create', resource: 'pods', subresource: 'exec', ...team }],
  ['viewer', false, { verb: 'list', group: 'metrics.k8s.io', resource: 'pods', ...team }],
  ['namespace-user', true, { verb: 'list', ...daemonsets, ...team }],
  ['namespace-user', true, { verb: 'create', ...daemonsets, ...team }],
  ['namespace-user', true, { verb: 'patch', ...daemonsets, ...team, name: 'agent' }],
  ['namespace-user', true, { verb: 'delete', ...daemonsets, ...team, name: 'agent' }],
  ['namespace-user', true, { verb: 'create', resource: 'pods', ...team }],
  ['namespace-user', true, { verb: 'get', resource: 'pods', subresource: 'log', ...team }],
  ['namespace-user', true, { verb: 'list', group: 'apps', resource: 'controllerrevisions', ...team }],
  ['namespace-user', false, { verb: 'delete', group: 'apps', resource: 'controllerrevisions', ...team }],
  ['namespace-user', false, { verb: 'patch', ...daemonsets, subresource: 'status', ...team }],
  ['namespace-user', false, { verb: 'create', resource: 'pods', subresource: 'exec', ...team }],
  ['namespace-user', false, { verb: 'list', ...daemonsets, namespace: OTHER }],
  ['namespace-user', false, { verb: 'list', ...daemonsets }],
  ['namespace-user', false, { verb: 'list', resource: 'daemonsets', ...team }],
  ['namespace-user', false, { verb: 'list', resource: 'namespaces' }],
  ['namespace-user', false, { verb: 'list', resource: 'nodes' }],
  ['nobody', false, { verb: 'list', ...daemonsets, ...team }],
  ['nobody', false, { verb: 'get', resource: 'pods', subresource: 'log', ...team }],
];

const access = QUESTIONS.map(([user, allowed, resourceAttributes]) =>
  aCase(`${user} ${allowed ? 'may' : 'may not'} ${words(resourceAttributes)}`, async (cluster) => {
    const answer = await mayDo(cluster, user, { resourceAttributes });
    expect(answer).toMatchObject({ status: { allowed } });
    expect(answer).not.toMatchObject({ status: { denied: true } });
  }),
);

type Refusal = readonly [LimitedUser, method: string, path: string, message: string, details: object];

const TEAM_SETS = `/apis/apps/v1/namespaces/${TEAM_NAMESPACE}/daemonsets`;
const REFUSALS: readonly Refusal[] = [
  [
    'viewer',
    'GET',
    '/api/v1/nodes',
    'nodes is forbidden: User "viewer" cannot list resource "nodes" in API group "" at the cluster scope',
    { kind: 'nodes' },
  ],
  [
    'viewer',
    'GET',
    '/api/v1/nodes/one',
    'nodes "one" is forbidden: User "viewer" cannot get resource "nodes" in API group "" at the cluster scope',
    { kind: 'nodes', name: 'one' },
  ],
  [
    'viewer',
    'DELETE',
    `${TEAM_SETS}/agent`,
    `daemonsets.apps "agent" is forbidden: User "viewer" cannot delete resource "daemonsets" in API group "apps" in the namespace "team-a"`,
    { group: 'apps', kind: 'daemonsets', name: 'agent' },
  ],
  [
    'viewer',
    'DELETE',
    TEAM_SETS,
    `daemonsets.apps is forbidden: User "viewer" cannot deletecollection resource "daemonsets" in API group "apps" in the namespace "team-a"`,
    { group: 'apps', kind: 'daemonsets' },
  ],
  [
    'namespace-user',
    'GET',
    '/apis/apps/v1/daemonsets',
    'daemonsets.apps is forbidden: User "namespace-user" cannot list resource "daemonsets" in API group "apps" at the cluster scope',
    { group: 'apps', kind: 'daemonsets' },
  ],
  [
    'namespace-user',
    'GET',
    `/apis/apps/v1/namespaces/${OTHER}/daemonsets?watch=true`,
    'daemonsets.apps is forbidden: User "namespace-user" cannot watch resource "daemonsets" in API group "apps" in the namespace "default"',
    { group: 'apps', kind: 'daemonsets' },
  ],
  [
    'nobody',
    'GET',
    `/api/v1/namespaces/${TEAM_NAMESPACE}/pods/x/log`,
    'pods "x" is forbidden: User "nobody" cannot get resource "pods/log" in API group "" in the namespace "team-a"',
    { kind: 'pods', name: 'x' },
  ],
  [
    'nobody',
    'GET',
    '/apis/nowhere.test/v1/things',
    'things.nowhere.test is forbidden: User "nobody" cannot list resource "things" in API group "nowhere.test" at the cluster scope',
    { group: 'nowhere.test', kind: 'things' },
  ],
  ['nobody', 'GET', '/metrics', 'forbidden: User "nobody" cannot get path "/metrics"', {}],
];

const refusals = REFUSALS.map(([user, method, path, message, details]) =>
  aCase(`${user} is refused ${method} ${path} in words that name the right`, async (cluster) => {
    const reply = await cluster.sendAs(user, method, path);
    expect(reply).toMatchObject({ code: 403, body: { kind: 'Status', reason: 'Forbidden', code: 403, message } });
    expect((reply.body as { readonly details?: unknown }).details).toEqual(details);
  }),
);

async function rulesOf(cluster: JudgedCluster, user: LimitedUser, namespace: string): Promise<readonly unknown[]> {
  const body = { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectRulesReview', spec: { namespace } };
  const reply = await cluster.sendAs(user, 'POST', `${API}/selfsubjectrulesreviews`, body);
  expect(reply).toMatchObject({ code: 201, body: { status: { incomplete: false } } });
  return itemsAt(reply.body, 'status.resourceRules');
}

const BASIC = [
  {
    verbs: ['create'],
    apiGroups: ['authorization.k8s.io'],
    resources: ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'],
  },
  { verbs: ['create'], apiGroups: ['authentication.k8s.io'], resources: ['selfsubjectreviews'] },
];

function verbsOn(rules: readonly unknown[], group: string, resource: string): readonly unknown[] {
  const about = rules.filter(
    (rule) => itemsAt(rule, 'apiGroups').includes(group) && itemsAt(rule, 'resources').includes(resource),
  );
  return [...new Set(about.flatMap((rule) => itemsAt(rule, 'verbs')))].toSorted();
}

export const LIMITED_USERS: ConformanceGroup = {
  name: 'limited users',
  cases: [
    ...access,
    ...refusals,
    aCase('everyone may ask for the version and what the server has', async (cluster) => {
      for (const path of ['/version', '/api', '/apis', '/apis/apps/v1']) {
        expect((await cluster.sendAs('nobody', 'GET', path)).code, path).toBe(200);
        const answer = await mayDo(cluster, 'nobody', { nonResourceAttributes: { verb: 'get', path } });
        expect(answer).toMatchObject({ status: { allowed: true } });
      }
    }),
    aCase('the rules of who has none are those of everyone', async (cluster) => {
      const rules = await rulesOf(cluster, 'nobody', TEAM_NAMESPACE);
      expect(rules).toHaveLength(BASIC.length);
      expect(rules).toEqual(expect.arrayContaining(BASIC));
    }),
    aCase('the rules of a namespace are those of its role, and in another they are not there', async (cluster) => {
      const here = await rulesOf(cluster, 'namespace-user', TEAM_NAMESPACE);
      expect(here).toHaveLength(BASIC.length + TEAM_ROLE.rules.length);
      expect(here).toEqual(expect.arrayContaining([...BASIC, ...TEAM_ROLE.rules]));
      expect(await rulesOf(cluster, 'namespace-user', OTHER)).toHaveLength(BASIC.length);
    }),
    aCase('the rules of a viewer read DaemonSets, pods and events, and change nothing', async (cluster) => {
      const rules = await rulesOf(cluster, 'viewer', TEAM_NAMESPACE);
      const read = ['get', 'list', 'watch'];
      expect(verbsOn(rules, 'apps', 'daemonsets')).toEqual(read);
      expect(verbsOn(rules, '', 'pods')).toEqual(read);
      expect(verbsOn(rules, '', 'pods/log')).toEqual(read);
      expect(verbsOn(rules, '', 'events')).toEqual(read);
      expect(verbsOn(rules, '', 'nodes')).toEqual([]);
    }),
    aCase('what a viewer may read is read, and a write is refused before it is looked at', async (cluster) => {
      expect((await cluster.sendAs('viewer', 'GET', '/apis/apps/v1/daemonsets?limit=1')).code).toBe(200);
      const reply = await cluster.sendAs('viewer', 'POST', TEAM_SETS, { kind: 'nonsense' });
      expect(reply.body).toMatchObject({ code: 403, reason: 'Forbidden' });
    }),
    aCase('a dry run needs the same right as the write', async (cluster) => {
      const reply = await cluster.sendAs('viewer', 'POST', `${TEAM_SETS}?dryRun=All`, nowhere('dry'));
      expect(reply.body).toMatchObject({ code: 403, reason: 'Forbidden' });
    }),
    aCase('who one is says the user', async (cluster) => {
      const body = { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' };
      const reply = await cluster.sendAs('nobody', 'POST', '/apis/authentication.k8s.io/v1/selfsubjectreviews', body);
      expect(textAt(reply.body, 'status.userInfo.username')).toBe('nobody');
      expect(itemsAt(reply.body, 'status.userInfo.groups')).toContain('system:authenticated');
    }),
    aCase('a token that is none is 401, also for a review', async (cluster) => {
      const body = { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', spec: {} };
      for (const [method, path] of [
        ['GET', '/version'],
        ['POST', `${API}/selfsubjectaccessreviews`],
      ] as const) {
        const reply = await cluster.sendAs('wrong-token', method, path, method === 'POST' ? body : undefined);
        expect(reply, path).toMatchObject({ code: 401, body: { kind: 'Status', reason: 'Unauthorized', code: 401 } });
      }
    }),
  ],
};
