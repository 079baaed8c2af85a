import { DEMO_ADMIN, type DemoUser, type PolicyRule } from '../../src/demo/api/authorizer.ts';
import { startDemoCluster } from '../../src/demo/start-demo.ts';
import { TEAM_NAMESPACE, TEAM_ROLE } from '../cluster/access.ts';
import { type ApiUnderTest, HttpApi } from './api-under-test.ts';
import { fastClock } from './fast-clock.ts';

/** 10 of them are workers without taints. */
const NODES = 18;
const SPEED = 20;

const READ = ['get', 'list', 'watch'];

/** What the ClusterRole `view` says of what the demo cluster has. */
const VIEW: readonly PolicyRule[] = [
  {
    verbs: READ,
    apiGroups: [''],
    resources: ['configmaps', 'pods', 'pods/log', 'pods/status', 'namespaces', 'namespaces/status'],
  },
  { verbs: READ, apiGroups: ['', 'events.k8s.io'], resources: ['events'] },
  { verbs: READ, apiGroups: ['apps'], resources: ['controllerrevisions', 'daemonsets', 'daemonsets/status'] },
];

const groups = ['system:authenticated'];
const USERS: readonly DemoUser[] = [
  // The cluster's own administrator is denied some Secrets.
  { username: 'token-user', groups, grants: DEMO_ADMIN.grants },
  { username: 'viewer', groups, grants: [{ rules: VIEW }] },
  { username: 'namespace-user', groups, grants: [{ namespace: TEAM_NAMESPACE, rules: TEAM_ROLE.rules }] },
  { username: 'nobody', groups, grants: [] },
];

/** The demo cluster, whose pods start twenty times as fast as a user sees them start. */
export async function startDemoApi({ metrics = false }: { readonly metrics?: boolean } = {}): Promise<ApiUnderTest> {
  const demo = await startDemoCluster({ nodes: NODES, clock: fastClock(SPEED), users: USERS, metrics });
  const tokens = {
    viewer: demo.tokens.get('viewer') ?? '',
    'namespace-user': demo.tokens.get('namespace-user') ?? '',
    nobody: demo.tokens.get('nobody') ?? '',
    'wrong-token': 'not-a-token-of-this-cluster',
  };
  const api = new HttpApi({ url: demo.url, token: demo.tokens.get('token-user') ?? '', tokens });
  return {
    as: (user) => api.as(user),
    send: (request) => api.send(request),
    lines: (path, signal) => api.lines(path, signal),
    [Symbol.asyncDispose]: async () => {
      await api[Symbol.asyncDispose]();
      await demo.close();
    },
  };
}
