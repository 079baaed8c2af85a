import { afterEach, describe, expect, it } from 'vitest';
import { type Node, REVISION_HASH, TEMPLATE_GENERATION } from '../objects.ts';
import { isPodReady } from '../pod-readiness.ts';
import { keyOfObject } from '../store/collection.ts';
import { QuietCluster, imagesOf } from '../testing/quiet-cluster.ts';

const clusters: QuietCluster[] = [];

function aCluster(nodes: number): QuietCluster {
  const cluster = new QuietCluster(nodes);
  clusters.push(cluster);
  return cluster;
}

afterEach(() => {
  for (const cluster of clusters.splice(0)) {
    cluster.stop();
    expect(cluster.clock.waiting).toBe(0);
  }
});

function taint(cluster: QuietCluster, node: Node, effect: 'NoSchedule' | 'NoExecute'): void {
  cluster.store.nodes.put({ ...node, spec: { ...node.spec, taints: [{ key: 'example.com/held', effect }] } });
}

describe('a new DaemonSet', () => {
  it('gets one pod on each eligible node, and they become ready in a few seconds', () => {
    const cluster = aCluster(5);
    cluster.create('agent');
    cluster.clock.advance(4_000);
    expect(
      cluster
        .pods('agent')
        .map((pod) => pod.spec.nodeName)
        .sort(),
    ).toEqual(cluster.store.nodes.items().map((node) => node.metadata.name));
    expect(cluster.pods('agent').every(isPodReady)).toBe(true);
    expect(cluster.daemonSet('agent').status).toEqual({
      currentNumberScheduled: 5,
      numberMisscheduled: 0,
      desiredNumberScheduled: 5,
      numberReady: 5,
      observedGeneration: 1,
      updatedNumberScheduled: 5,
      numberAvailable: 5,
    });
  });

  it('takes no name that a pod already has', () => {
    const twin = aCluster(1);
    twin.create('agent');
    twin.clock.advance(4_000);
    const [first] = twin.pods('agent');
    if (first === undefined) throw new Error('no pod');
    const cluster = aCluster(1);
    const taken = cluster.store.pods.put({
      ...first,
      metadata: { ...first.metadata, uid: 'somebody', ownerReferences: [], labels: {} },
    });
    cluster.create('agent');
    cluster.clock.advance(4_000);
    expect(cluster.store.pods.get(keyOfObject(taken))?.metadata.uid).toBe('somebody');
    expect(cluster.daemonSet('agent').status.numberAvailable).toBe(1);
  });

  it('gives its pods owner, hash, pinning affinity and the controller’s tolerations', () => {
    const cluster = aCluster(1);
    const daemonSet = cluster.create('agent');
    cluster.clock.advance(4_000);
    const [pod] = cluster.pods('agent');
    const [revision] = cluster.store.controllerRevisions.items();
    expect(pod?.metadata.ownerReferences).toEqual([
      {
        apiVersion: 'apps/v1',
        kind: 'DaemonSet',
        name: 'agent',
        uid: daemonSet.metadata.uid,
        controller: true,
        blockOwnerDeletion: true,
      },
    ]);
    expect(pod?.metadata.name).toMatch(/^agent-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
    expect(pod?.metadata.labels).toEqual({
      app: 'agent',
      'controller-revision-hash': revision?.metadata.labels?.[REVISION_HASH],
      'pod-template-generation': '1',
    });
    expect(pod?.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution).toEqual({
      nodeSelectorTerms: [
        { matchFields: [{ key: 'metadata.name', operator: 'In', values: [cluster.node(0).metadata.name] }] },
      ],
    });
    expect(pod?.spec.tolerations).toHaveLength(6);
  });

  it('runs on no node that its selector excludes', () => {
    const cluster = aCluster(3);
    cluster.create('agent', { nodeSelector: { 'kubernetes.io/arch': 'arm64' } });
    cluster.clock.advance(4_000);
    expect(cluster.pods('agent')).toEqual([]);
    expect(cluster.daemonSet('agent').status.desiredNumberScheduled).toBe(0);
  });

  it('whose priority class is unknown shows FailedCreate and no pods, until it is corrected', () => {
    const cluster = aCluster(2);
    cluster.create('agent', { priorityClassName: 'gold' });
    cluster.clock.advance(60_000);
    expect(cluster.pods('agent')).toEqual([]);
    const failures = cluster.store.events.items().filter((event) => event.reason === 'FailedCreate');
    expect(failures.map((event) => event.message)).toEqual([
      'Error creating: pods "agent-" is forbidden: no PriorityClass with name gold was found',
    ]);
    expect(failures[0]?.count).toBeGreaterThan(2);
    cluster.update('agent', (current) => ({
      ...current,
      spec: {
        ...current.spec,
        template: {
          ...current.spec.template,
          spec: { ...current.spec.template.spec, priorityClassName: 'system-node-critical' },
        },
      },
    }));
    cluster.clock.advance(5_000);
    expect(cluster.pods('agent').map((pod) => pod.spec.priority)).toEqual([2_000_001_000, 2_000_001_000]);
  });
});

describe('nodes that change', () => {
  it('keep their pod behind a NoSchedule taint, as misscheduled, and lose it to a NoExecute taint', () => {
    const cluster = aCluster(3);
    cluster.create('agent');
    cluster.untilRolledOut('agent');
    taint(cluster, cluster.node(0), 'NoSchedule');
    cluster.clock.advance(5_000);
    expect(cluster.pods('agent')).toHaveLength(3);
    expect(cluster.daemonSet('agent').status).toMatchObject({
      desiredNumberScheduled: 2,
      numberMisscheduled: 1,
      numberAvailable: 2,
    });
    taint(cluster, cluster.node(0), 'NoExecute');
    cluster.clock.advance(5_000);
    expect(cluster.pods('agent')).toHaveLength(2);
    expect(cluster.daemonSet('agent').status).toMatchObject({ desiredNumberScheduled: 2, numberMisscheduled: 0 });
  });

  it('get a pod when they become eligible', () => {
    const cluster = aCluster(3);
    cluster.create('agent', { nodeSelector: { disk: 'ssd' } });
    cluster.clock.advance(1_000);
    const node = cluster.node(1);
    cluster.store.nodes.put({
      ...node,
      metadata: { ...node.metadata, labels: { ...node.metadata.labels, disk: 'ssd' } },
    });
    cluster.clock.advance(4_000);
    expect(cluster.pods('agent').map((pod) => pod.spec.nodeName)).toEqual([node.metadata.name]);
  });
});

describe('pods that change', () => {
  it('are made anew when someone deletes one', () => {
    const cluster = aCluster(2);
    cluster.create('agent');
    cluster.untilRolledOut('agent');
    const [pod] = cluster.pods('agent');
    if (pod !== undefined) cluster.store.pods.remove(keyOfObject(pod));
    cluster.clock.advance(4_000);
    expect(cluster.pods('agent')).toHaveLength(2);
    expect(cluster.pods('agent').map((entry) => entry.metadata.uid)).not.toContain(pod?.metadata.uid);
  });

  it('are released when their labels leave the selector, and replaced', () => {
    const cluster = aCluster(1);
    cluster.create('agent');
    cluster.untilRolledOut('agent');
    const [pod] = cluster.pods('agent');
    if (pod !== undefined) cluster.store.pods.put({ ...pod, metadata: { ...pod.metadata, labels: { app: 'stray' } } });
    cluster.clock.advance(4_000);
    expect(cluster.pods('stray')[0]?.metadata.ownerReferences).toEqual([]);
    expect(cluster.pods('agent')).toHaveLength(1);
  });

  it('without an owner are adopted by the DaemonSet that selects them', () => {
    const cluster = aCluster(1);
    const daemonSet = cluster.create('agent');
    cluster.untilRolledOut('agent');
    const [pod] = cluster.pods('agent');
    if (pod === undefined) throw new Error('no pod');
    const { ownerReferences: _owners, ...metadata } = pod.metadata;
    cluster.store.pods.put({ ...pod, metadata });
    cluster.clock.advance(4_000);
    expect(cluster.pods('agent').map((entry) => entry.metadata.ownerReferences?.[0]?.uid)).toContain(
      daemonSet.metadata.uid,
    );
  });

  it('that ended are deleted and made anew', () => {
    const cluster = aCluster(1);
    cluster.create('agent');
    cluster.untilRolledOut('agent');
    const [pod] = cluster.pods('agent');
    if (pod !== undefined)
      cluster.store.pods.put({ ...pod, status: { ...pod.status, phase: 'Failed', conditions: [] } });
    cluster.clock.advance(200);
    cluster.untilRolledOut('agent');
    expect(cluster.pods('agent')[0]?.metadata.uid).not.toBe(pod?.metadata.uid);
  });
});

describe('the status', () => {
  it('observes a generation only after the controller has looked', () => {
    const cluster = aCluster(1);
    cluster.create('agent');
    cluster.untilRolledOut('agent');
    cluster.setImage('agent', 'registry.example.com/tool:2.0');
    expect(cluster.daemonSet('agent').status.observedGeneration).toBe(1);
    expect(cluster.daemonSet('agent').metadata.generation).toBe(2);
    cluster.clock.advance(200);
    expect(cluster.daemonSet('agent').status.observedGeneration).toBe(2);
    expect(cluster.daemonSet('agent').metadata.annotations?.[TEMPLATE_GENERATION]).toBe('2');
  });

  it('counts a ready pod as available only after minReadySeconds', () => {
    const cluster = aCluster(2);
    cluster.create('agent', {}, { minReadySeconds: 20 });
    cluster.clock.advance(6_000);
    expect(cluster.daemonSet('agent').status).toMatchObject({ numberReady: 2, numberUnavailable: 2 });
    cluster.clock.advance(20_000);
    expect(cluster.daemonSet('agent').status).toMatchObject({ numberReady: 2, numberAvailable: 2 });
  });

  it('sees another pod’s trouble while it waits for minReadySeconds', () => {
    const cluster = aCluster(2);
    cluster.create('agent', {}, { minReadySeconds: 300 });
    cluster.clock.advance(6_000);
    const [pod] = cluster.pods('agent');
    if (pod !== undefined) cluster.store.pods.remove(keyOfObject(pod));
    cluster.clock.advance(200);
    expect(cluster.pods('agent')).toHaveLength(2);
  });
});

it('a DaemonSet on all nodes rolled out shows its images on each', () => {
  const cluster = aCluster(3);
  cluster.create('agent');
  cluster.untilRolledOut('agent');
  expect(imagesOf(cluster.pods('agent'))).toEqual(Array.from({ length: 3 }, () => 'registry.example.com/tool:1.0'));
});
