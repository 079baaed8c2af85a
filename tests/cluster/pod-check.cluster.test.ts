import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PodCheck } from '../../src/shared/contract/pod-check.ts';
import { inFieldNotation } from '../../src/shared/form/form-document.ts';
import { limitRangeProblems } from '../../src/shared/form/rules/limit-range-rules.ts';
import { formOf } from '../fakes/form-at-hand.ts';
import { CertificateAuthority } from '../fakes/certificates.ts';
import { type ClusterUser, TEAM_NAMESPACE } from './access.ts';
import { buildClusterKit } from './cluster-kit.ts';
import { type RealCluster, startRealCluster } from './real-cluster.ts';
import { openRealCore } from './real-core.ts';

const namespaced = (namespace: string, kind: string, name: string, spec: object) => ({
  apiVersion: 'v1',
  kind,
  metadata: { name, namespace },
  spec,
});
const namespace = (name: string, labels: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels },
});
const OBJECTS = [
  namespace('restricted', { 'pod-security.kubernetes.io/enforce': 'restricted' }),
  namespace('warned', { 'pod-security.kubernetes.io/warn': 'baseline' }),
  namespace('limited'),
  namespace('scarce'),
  namespace('hooked', { hooked: 'yes' }),
  namespaced('limited', 'LimitRange', 'bounds', {
    limits: [{ type: 'Container', max: { cpu: '2', memory: '1Gi' }, min: { cpu: '10m' } }],
  }),
  namespace('bounded'),
  namespaced('bounded', 'LimitRange', 'bounds', {
    limits: [
      {
        type: 'Container',
        default: { cpu: '1' },
        defaultRequest: { cpu: '500m' },
        min: { cpu: '10m' },
        max: { cpu: '2', memory: '1Gi' },
        maxLimitRequestRatio: { cpu: '4' },
      },
      { type: 'Pod', max: { cpu: '3' } },
    ],
  }),
  namespaced('scarce', 'ResourceQuota', 'few', { hard: { 'limits.cpu': '1', pods: '5' } }),
];

let cluster: RealCluster;
let hook: Server;

beforeAll(async () => {
  cluster = await startRealCluster({ kit: await buildClusterKit(), nodes: 3, name: 'pods' });
  const authority = new CertificateAuthority('hook-ca');
  hook = createServer(authority.issue({ commonName: '127.0.0.1', names: ['127.0.0.1'] }), (request, reply) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const { request: review } = JSON.parse(text) as { request: { uid: string } };
      const status = { code: 403, message: 'images have to come from registry.example.com' };
      reply.end(
        JSON.stringify({
          apiVersion: 'admission.k8s.io/v1',
          kind: 'AdmissionReview',
          response: { uid: review.uid, allowed: false, status },
        }),
      );
    });
  });
  await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve));
  const items = [...OBJECTS, webhook((hook.address() as AddressInfo).port, authority.cert)];
  const created = await cluster.kubectl(['create', '-f', '-'], {
    input: JSON.stringify({ apiVersion: 'v1', kind: 'List', items }),
  });
  expect(created, created.stderr).toMatchObject({ code: 0 });
  // Pods are refused until the controller has given a namespace its service account, and a quota its status.
  for (const name of ['restricted', 'warned', 'limited', 'bounded', 'scarce', 'hooked']) {
    await cluster.kubectl(['wait', '--for=create', '--timeout=30s', '-n', name, 'serviceaccount/default']);
  }
  await cluster.kubectl([
    'wait',
    '--for=jsonpath={.status.hard.pods}=5',
    '--timeout=30s',
    '-n',
    'scarce',
    'resourcequota/few',
  ]);
}, 20 * 60_000);

afterAll(async () => {
  await cluster.stop();
  hook.closeAllConnections();
  await new Promise((resolve) => hook.close(resolve));
});

function webhook(port: number, ca: string): object {
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingWebhookConfiguration',
    metadata: { name: 'images' },
    webhooks: [
      {
        name: 'images.example.com',
        clientConfig: { url: `https://127.0.0.1:${port}/`, caBundle: Buffer.from(ca).toString('base64') },
        namespaceSelector: { matchLabels: { hooked: 'yes' } },
        rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }],
        sideEffects: 'None',
        admissionReviewVersions: ['v1'],
      },
    ],
  };
}

function manifest(inNamespace: string, podSpec: object, container: object = {}): string {
  const labels = { app: 'probe' };
  const spec = { containers: [{ name: 'main', image: 'registry.example.com/a:1', ...container }], ...podSpec };
  return JSON.stringify(
    {
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: { name: 'probe', namespace: inNamespace },
      spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
    },
    null,
    1,
  );
}

/** Checks the pod, and that the DaemonSet's own dry run has nothing to say. */
async function check(manifestText: string, user: ClusterUser = 'admin', uid?: string): Promise<PodCheck> {
  await using core = await openRealCore(cluster, user);
  const { client, contextName } = core;
  const input = { contextName, manifestText, namespace: 'default' };
  if (user === 'admin') await client.daemonSet.create({ ...input, dryRun: true });
  return await client.daemonSet.checkPods({ ...input, ...(uid === undefined ? {} : { uid }) });
}

const placesOf = (found: PodCheck) =>
  found.checked
    ? found.refusals.map(({ by, path }) => `${by} ${path.replace('spec.template.spec.', '')}`)
    : [found.why];

describe('one pod of a template, dry-run on a real control plane', () => {
  it('is taken, and made for a node that would get one', async () => {
    const { stdout } = await cluster.kubectl(['get', 'nodes', '-o', 'name']);
    const nodeName = stdout.trim().split('\n').at(-1)?.replace('node/', '');
    const found = await check(manifest('default', { nodeSelector: { 'kubernetes.io/hostname': nodeName } }));
    expect(found).toEqual({ checked: true, refusals: [], warnings: [], nodeName });
    const pods = await cluster.kubectl(['get', 'pods', '-A', '-o', 'name']);
    expect(pods.stdout).toBe('');
  });

  it('of a live DaemonSet is taken with that one as its controller', async () => {
    const text = manifest('default', { nodeSelector: { none: 'here' } });
    expect(await cluster.kubectl(['create', '-f', '-'], { input: text })).toMatchObject({ code: 0 });
    const { stdout: uid } = await cluster.kubectl(['get', 'daemonset', 'probe', '-o', 'jsonpath={.metadata.uid}']);
    await using core = await openRealCore(cluster);
    const { client, contextName } = core;
    const input = { contextName, manifestText: text, namespace: 'default', uid };
    expect(await client.daemonSet.checkPods(input)).toEqual({ checked: true, refusals: [], warnings: [] });
    expect(await cluster.kubectl(['delete', 'daemonset', 'probe'])).toMatchObject({ code: 0 });
  });

  it('is refused where privileged pods are forbidden, each rule on its field', async () => {
    const podSpec = {
      hostNetwork: true,
      hostPID: true,
      initContainers: [{ name: 'setup', image: 'registry.example.com/b:1', securityContext: { privileged: true } }],
      volumes: [{ name: 'host', hostPath: { path: '/etc' } }],
    };
    const container = { securityContext: { privileged: true }, ports: [{ containerPort: 80, hostPort: 80 }] };
    const found = await check(manifest('restricted', podSpec, container));
    expect(placesOf(found)).toEqual(
      expect.arrayContaining([
        'PodSecurity hostNetwork',
        'PodSecurity hostPID',
        'PodSecurity containers[0].securityContext.privileged',
        'PodSecurity initContainers[0].securityContext.privileged',
        'PodSecurity containers[0].ports',
        'PodSecurity volumes[0]',
        'PodSecurity containers[0].securityContext.allowPrivilegeEscalation',
        'PodSecurity containers[0].securityContext.capabilities.drop',
        'PodSecurity containers[0].securityContext.runAsNonRoot',
        'PodSecurity containers[0].securityContext.seccompProfile.type',
      ]),
    );
    const privileged =
      found.checked && found.refusals.find(({ path }) => path.endsWith('containers[0].securityContext.privileged'));
    expect(privileged).toMatchObject({
      line: expect.any(Number) as number,
      message: expect.stringMatching(/^privileged \(/) as string,
    });
  });

  it('is taken with a warning where PodSecurity only warns', async () => {
    const found = await check(manifest('warned', {}, { securityContext: { privileged: true } }));
    expect(found).toMatchObject({
      checked: true,
      refusals: [],
      warnings: [expect.stringMatching(/^would violate PodSecurity "baseline/) as string],
    });
  });

  it.each<readonly [string, string, object, object, readonly string[]]>([
    ['an unknown PriorityClass', 'default', { priorityClassName: 'no-such' }, {}, ['PriorityClass priorityClassName']],
    [
      'an unknown service account',
      'default',
      { serviceAccountName: 'no-such' },
      {},
      ['ServiceAccount serviceAccountName'],
    ],
    ['an unknown RuntimeClass', 'default', { runtimeClassName: 'no-such' }, {}, ['RuntimeClass runtimeClassName']],
    [
      'limits over a LimitRange',
      'limited',
      {},
      { resources: { limits: { cpu: '3', memory: '2Gi' }, requests: { cpu: '1m' } } },
      [
        'LimitRange containers[0].resources.limits.cpu',
        'LimitRange containers[0].resources.limits.memory',
        'LimitRange containers[0].resources.requests.cpu',
      ],
    ],
    ['a quota that wants limits', 'scarce', {}, {}, ['ResourceQuota containers[0].resources.limits.cpu']],
    [
      'more than a quota has',
      'scarce',
      {},
      { resources: { limits: { cpu: '4' } } },
      ['ResourceQuota containers[0].resources.limits.cpu'],
    ],
    ['a webhook', 'hooked', {}, {}, ['webhook spec.template.spec']],
  ])('is refused for %s', async (_what, inNamespace, podSpec, container, places) => {
    const found = await check(manifest(inNamespace, podSpec, container));
    expect([...placesOf(found)].toSorted(), JSON.stringify(found)).toEqual([...places].toSorted());
  });

  it.each<readonly [string, object, object]>([
    ['taken: amounts within the bounds', { limits: { memory: '1Gi' } }, { limits: { memory: '1Gi' } }],
    // The server makes the most the default of the limit.
    ['taken: a limit by default', {}, { limits: { memory: '1Mi' } }],
    ['the same limit twice', { limits: { cpu: '3', memory: '1Gi' } }, { limits: { cpu: '3000m', memory: '1Gi' } }],
    ['a request that is the limit', { limits: { cpu: '5m', memory: '1Gi' } }, { limits: { memory: '1Gi' } }],
    [
      'a request over the default limit',
      { requests: { cpu: '1500m' }, limits: { cpu: '2', memory: '1Gi' } },
      { limits: { cpu: '2', memory: '1Gi' } },
    ],
    [
      'a ratio',
      { requests: { cpu: '100m' }, limits: { cpu: '1', memory: '1Gi' } },
      { requests: { cpu: '500m' }, limits: { cpu: '1', memory: '1Gi' } },
    ],
  ])('by a LimitRange is foreseen by our rule, at the same amounts: %s', async (what, main, side) => {
    const containers = [main, side].map((resources, n) => ({
      name: `c${n}`,
      image: 'registry.example.com/a:1',
      resources,
    }));
    const text = manifest('bounded', { containers });
    const found = await check(text);
    await using core = await openRealCore(cluster);
    const ranges = await core.client.offers.limitRanges({ contextName: core.contextName, namespace: 'bounded' });
    const ours = limitRangeProblems(formOf(text).manifest, 'none' in ranges ? [] : ranges.items);
    const theirs = found.checked ? found.refusals.map(({ path }) => path) : [];
    expect(theirs.length === 0).toBe(what.startsWith('taken'));
    const sorted = (paths: readonly string[]) => [...new Set(paths)].toSorted();
    expect(sorted(ours.map(({ path }) => inFieldNotation(path))), JSON.stringify(found)).toEqual(sorted(theirs));
  });

  it('by a LimitRange names both containers that have the same amount', async () => {
    const containers = ['main', 'side'].map((name) => ({
      ...{ name, image: 'registry.example.com/a:1' },
      resources: { limits: { cpu: '1', memory: '2Gi' } },
    }));
    expect(await check(manifest('bounded', { containers }))).toMatchObject({
      refusals: [0, 1].map((n) => ({
        by: 'LimitRange',
        path: `spec.template.spec.containers[${n}].resources.limits.memory`,
        message: 'maximum memory usage per Container is 1Gi, but limit is 2Gi (containers main and side)',
      })),
    });
  });

  it('keeps the words of a webhook', async () => {
    const found = await check(manifest('hooked', {}));
    expect(found).toMatchObject({
      refusals: [
        {
          message:
            'admission webhook "images.example.com" denied the request: images have to come from registry.example.com',
        },
      ],
    });
  });

  it('is not checked without the right, which is said', async () => {
    expect(await check(manifest('default', {}), 'namespace-user')).toEqual({
      checked: false,
      why: 'Pods were not checked: you may not create pods in namespace default.',
    });
    expect(await check(manifest(TEAM_NAMESPACE, {}), 'namespace-user')).toEqual({
      checked: true,
      refusals: [],
      warnings: [],
    });
  });
});
