import { expect } from 'vitest';
import { type ConformanceGroup, aCase } from '../conformance-case.ts';
import { at, itemsAt, names, textAt } from '../json-path.ts';
import { type JudgedCluster, NAMESPACE } from '../judged-cluster.ts';
import { onRing } from '../manifest.ts';

const API = '/apis/metrics.k8s.io/v1beta1';
const PODS = `${API}/namespaces/${NAMESPACE}/pods`;
const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
/** time.Duration as metav1.Duration prints it: "15s", "9.941s", "1m0.1s". */
const DURATION = /^(\d+m)?\d+(\.\d+)?s$/;
const CPU = /^\d+[nmu]?$/;
const MEMORY = /^\d+(Ki|Mi|Gi)?$/;

const USAGE = { cpu: expect.stringMatching(CPU) as string, memory: expect.stringMatching(MEMORY) as string };
const MEASURED = {
  timestamp: expect.stringMatching(RFC3339) as string,
  window: expect.stringMatching(DURATION) as string,
};

/** A DaemonSet of the ring whose pods all have figures. */
async function measured(
  cluster: JudgedCluster,
): Promise<{ readonly name: string; readonly items: readonly unknown[] }> {
  const name = cluster.name('used');
  await cluster.create(onRing(name));
  await cluster.untilRolledOut(name);
  const list = `${PODS}?labelSelector=app%3D${name}`;
  const items = await cluster.until(
    () => cluster.items(list),
    (found) => found.length === cluster.ring.length,
    `every pod of ${name} has figures`,
  );
  return { name, items };
}

/** metrics.k8s.io as metrics-server serves it. */
export const METRICS: ConformanceGroup = {
  name: 'metrics',
  cases: [
    aCase('the group and its two resources are found, and can be read only', async (cluster) => {
      const groups = itemsAt(await cluster.get('/apis'), 'groups');
      expect(names(groups.map((group) => ({ metadata: group })))).toContain('metrics.k8s.io');
      expect(await cluster.get(API)).toMatchObject({
        kind: 'APIResourceList',
        groupVersion: 'metrics.k8s.io/v1beta1',
        resources: [
          { name: 'nodes', kind: 'NodeMetrics', namespaced: false, verbs: ['get', 'list'] },
          { name: 'pods', kind: 'PodMetrics', namespaced: true, verbs: ['get', 'list'] },
        ],
      });
    }),
    aCase('nodes have usage, a timestamp and a window, in the order of names', async (cluster) => {
      // A node on which nothing runs has no figures on kwok's nodes.
      const { name } = await measured(cluster);
      const all = await cluster.until(
        () => cluster.get(`${API}/nodes`),
        (list) => cluster.ring.every((node) => names(itemsAt(list, 'items')).includes(node)),
        'every node of the ring has figures',
      );
      expect(all).toMatchObject({ kind: 'NodeMetricsList', apiVersion: 'metrics.k8s.io/v1beta1', metadata: {} });
      const items = itemsAt(all, 'items');
      expect(names(items)).toEqual(names(items).toSorted());
      for (const item of items) {
        expect(item).toMatchObject({ ...MEASURED, usage: USAGE });
        expect(at(item, 'kind')).toBeUndefined();
        expect(textAt(item, 'metadata.creationTimestamp')).toMatch(RFC3339);
        expect(at(item, 'metadata.uid')).toBeUndefined();
      }
      await cluster.remove(name);
    }),
    aCase('one node has the same, with kind and labels', async (cluster) => {
      const { name } = await measured(cluster);
      const node = cluster.ring[0] ?? '';
      const reply = await cluster.until(
        () => cluster.send('GET', `${API}/nodes/${node}`),
        ({ code }) => code === 200,
        'the node has figures',
      );
      expect(reply.body).toMatchObject({
        kind: 'NodeMetrics',
        apiVersion: 'metrics.k8s.io/v1beta1',
        metadata: { name: node, labels: { 'kubernetes.io/hostname': node } },
        ...MEASURED,
        usage: USAGE,
      });
      await cluster.remove(name);
    }),
    aCase('pods have usage by container, with their labels', async (cluster) => {
      const { name, items } = await measured(cluster);
      const pods = names(await cluster.pods(name));
      expect(names(items).toSorted()).toEqual(pods.toSorted());
      for (const item of items) {
        expect(item).toMatchObject({
          metadata: { namespace: NAMESPACE, labels: { app: name } },
          ...MEASURED,
          containers: [{ name: 'main', usage: USAGE }],
        });
      }
      await cluster.remove(name);
    }),
    aCase('one pod is found by name, and by name as a field', async (cluster) => {
      const { name } = await measured(cluster);
      const pod = names(await cluster.pods(name))[0] ?? '';
      expect(await cluster.get(`${PODS}/${pod}`)).toMatchObject({
        kind: 'PodMetrics',
        metadata: { name: pod, namespace: NAMESPACE },
        containers: [{ name: 'main', usage: USAGE }],
      });
      const found = await cluster.items(`${PODS}?fieldSelector=metadata.name%3D${pod}`);
      expect(names(found)).toEqual([pod]);
      const everywhere = await cluster.items(`${API}/pods?labelSelector=app%3D${name}`);
      expect(names(everywhere)).toContain(pod);
      await cluster.remove(name);
    }),
    aCase('a list has no pages and no version', async (cluster) => {
      const list = await cluster.get(`${API}/nodes?limit=1`);
      expect(at(list, 'metadata')).toEqual({});
    }),
    aCase('a selector of nothing is an empty list', async (cluster) => {
      expect(await cluster.get(`${PODS}?labelSelector=app%3Dnone-such`)).toEqual({
        kind: 'PodMetricsList',
        apiVersion: 'metrics.k8s.io/v1beta1',
        metadata: {},
        items: [],
      });
    }),
    aCase('a node or pod that is not there is 404 in the words of its own lister', async (cluster) => {
      expect((await cluster.send('GET', `${API}/nodes/none-such`)).body).toMatchObject({
        code: 404,
        reason: 'NotFound',
        message: 'node "none-such" not found',
        details: { name: 'none-such', kind: 'node' },
      });
      expect((await cluster.send('GET', `${PODS}/none-such`)).body).toMatchObject({
        code: 404,
        reason: 'NotFound',
        message: 'pods "none-such" not found',
        details: { name: 'none-such', kind: 'pods' },
      });
    }),
    aCase('a pod that does not run is 404 as if it were not there', async (cluster) => {
      const name = cluster.name('unused');
      await cluster.create(onRing(name, { pod: { containers: [huge()] } }));
      await cluster.until(
        () => cluster.pods(name),
        (pods) => pods.length > 0,
        'its pods are there',
      );
      const pod = names(await cluster.pods(name))[0] ?? '';
      expect((await cluster.send('GET', `${PODS}/${pod}`)).body).toMatchObject({
        code: 404,
        reason: 'NotFound',
        message: `pods "${pod}" not found`,
        details: { name: pod, kind: 'pods' },
      });
      expect(await cluster.items(`${PODS}?labelSelector=app%3D${name}`)).toEqual([]);
      await cluster.remove(name);
    }),
    aCase('it cannot be watched', async (cluster) => {
      expect((await cluster.send('GET', `${API}/nodes?watch=true`)).body).toMatchObject({
        code: 405,
        reason: 'MethodNotAllowed',
        message: 'watch is not supported on resources of kind "nodes.metrics.k8s.io"',
        details: { group: 'metrics.k8s.io', kind: 'nodes' },
      });
    }),
    aCase('it cannot be written', async (cluster) => {
      for (const [method, path] of [
        ['POST', `${API}/nodes`],
        ['DELETE', `${API}/nodes/none-such`],
      ] as const) {
        const reply = await cluster.send(method, path, method === 'POST' ? {} : undefined);
        expect(reply.body).toMatchObject({ code: 405, reason: 'MethodNotAllowed' });
      }
    }),
    aCase('a resource that it does not have is 404 with a Status', async (cluster) => {
      expect((await cluster.send('GET', `${API}/things`)).body).toMatchObject({ kind: 'Status', code: 404 });
    }),
    aCase('it needs rights of its own', async (cluster) => {
      for (const user of ['viewer', 'namespace-user', 'nobody'] as const) {
        expect((await cluster.sendAs(user, 'GET', PODS)).body).toMatchObject({
          code: 403,
          reason: 'Forbidden',
          message: `pods.metrics.k8s.io is forbidden: User "${user}" cannot list resource "pods" in API group "metrics.k8s.io" in the namespace "${NAMESPACE}"`,
          details: { group: 'metrics.k8s.io', kind: 'pods' },
        });
      }
    }),
  ],
};

/** A container that fits on no node. */
function huge(): object {
  return { name: 'main', image: 'registry.test/huge:1', resources: { requests: { memory: '100Ti' } } };
}
