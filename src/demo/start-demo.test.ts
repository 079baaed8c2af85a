import { describe, expect, it } from 'vitest';
import { verdictOn } from './controller/eligibility.ts';
import { ManualClock } from './manual-clock.ts';
import { type DaemonSet, REVISION_HASH } from './objects.ts';
import { isPodReady } from './pod-readiness.ts';
import { type DemoCluster, startDemoCluster } from './start-demo.ts';

async function withCluster(nodes: number, look: (cluster: DemoCluster, clock: ManualClock) => void): Promise<void> {
  const clock = new ManualClock();
  const cluster = await startDemoCluster({ nodes, clock });
  try {
    look(cluster, clock);
  } finally {
    await cluster.close();
  }
  expect(clock.waiting).toBe(0);
}

function daemonSet(cluster: DemoCluster, key: string): DaemonSet {
  const found = cluster.store.daemonSets.get(key);
  if (found === undefined) throw new Error(`there is no ${key}`);
  return found;
}

/** What must hold of any DaemonSet of a cluster in order. */
function expectTrue(cluster: DemoCluster): void {
  for (const { metadata, spec, status } of cluster.store.daemonSets.items()) {
    const eligible = cluster.store.nodes
      .items()
      .filter((node) => verdictOn(spec.template.spec, node).outcome === 'shouldRun');
    const pods = cluster.store.podsByController.get(metadata.uid);
    const revisions = cluster.store.revisionsByController.get(metadata.uid);
    const hashes = new Set(revisions.map((revision) => revision.metadata.labels?.[REVISION_HASH]));
    expect(status.desiredNumberScheduled, metadata.name).toBe(eligible.length);
    expect(pods.length, metadata.name).toBe(status.currentNumberScheduled + status.numberMisscheduled);
    expect(status.observedGeneration).toBe(metadata.generation);
    for (const pod of pods) expect(hashes).toContain(pod.metadata.labels?.[REVISION_HASH]);
  }
}

describe('the opening state', () => {
  it('has 24 nodes in 3 zones and 8 DaemonSets in different states', () =>
    withCluster(24, (cluster) => {
      const zones = new Set(
        cluster.store.nodes.items().map((node) => node.metadata.labels?.['topology.kubernetes.io/zone']),
      );
      expect([cluster.store.nodes.size, zones.size, cluster.store.daemonSets.size]).toEqual([24, 3, 8]);
      const counts = (key: string): readonly (number | undefined)[] => {
        const { desiredNumberScheduled, updatedNumberScheduled, numberAvailable, numberMisscheduled } = daemonSet(
          cluster,
          key,
        ).status;
        return [desiredNumberScheduled, updatedNumberScheduled, numberAvailable, numberMisscheduled];
      };
      expect(counts('logging/fluent-bit')).toEqual(
        [20, 12, 19, 0].map((count, index) => (index === 1 ? counts('logging/fluent-bit')[1] : count)),
      );
      expect(counts('logging/fluent-bit')[1]).toBeLessThan(20);
      expect(counts('monitoring/node-exporter')).toEqual([24, 24, 24, 0]);
      expect(counts('kube-system/cilium')).toEqual([24, 24, 24, 0]);
      expect(counts('kube-system/kube-proxy')).toEqual([24, 24, 24, 0]);
      expect(counts('gpu/nvidia-device-plugin')).toEqual([4, 4, 3, 0]);
      expect(counts('security/falco')).toEqual([24, 15, 24, 0]);
      expect(counts('storage/csi-node')).toEqual([22, 22, 22, 2]);
      expect(counts('platform/arm-tuner')).toEqual([0, undefined, undefined, 0]);
    }));

  it.each([1, 2, 6, 9, 12, 24, 100])(
    'is true to the controller’s rules with %i nodes, at once and minutes later',
    (nodes) =>
      withCluster(nodes, (cluster, clock) => {
        expectTrue(cluster);
        clock.advance(180_000);
        expectTrue(cluster);
      }),
  );

  it('stays as it is: only the crashing pod changes', () =>
    withCluster(24, (cluster, clock) => {
      const changed = new Set<string>();
      cluster.store.pods.subscribe((change) => changed.add(change.key));
      const statuses = cluster.store.daemonSets.items().map((entry) => entry.status);
      clock.advance(600_000);
      const crashing = cluster.store.pods
        .items()
        .filter((pod) => (pod.status.containerStatuses?.[0]?.restartCount ?? 0) > 3);
      expect([...changed]).toEqual(crashing.map((pod) => `${pod.metadata.namespace}/${pod.metadata.name}`));
      expect(cluster.store.daemonSets.items().map((entry) => entry.status)).toEqual(statuses);
    }));

  it('frees the Pending plugin pod when the training pod is deleted', () =>
    withCluster(24, (cluster, clock) => {
      cluster.store.pods.remove('gpu/train-ranking-model-0');
      clock.advance(20_000);
      expect(daemonSet(cluster, 'gpu/nvidia-device-plugin').status.numberAvailable).toBe(4);
    }));

  it('names its nodes, pods and uids the same for the same seed', async () => {
    const namesOf = async (seed: number): Promise<readonly string[]> => {
      const cluster = await startDemoCluster({ nodes: 6, clock: new ManualClock(), seed });
      await cluster.close();
      return cluster.store.pods.items().map((pod) => pod.metadata.name + pod.metadata.uid);
    };
    expect(await namesOf(3)).toEqual(await namesOf(3));
    expect(await namesOf(3)).not.toEqual(await namesOf(4));
  });

  it('has 1,000 nodes as well, all of whose pods but two are ready', () =>
    withCluster(1_000, (cluster) => {
      expect(cluster.store.nodes.size).toBe(1_000);
      expect(cluster.store.pods.items().filter((pod) => !isPodReady(pod))).toHaveLength(2);
    }));
});
