import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { QuietCluster } from '../testing/quiet-cluster.ts';
import { FOREGROUND, ORPHAN } from './garbage-collector.ts';

let cluster: QuietCluster;

beforeEach(() => {
  cluster = new QuietCluster(3);
  cluster.create('agent');
  cluster.untilRolledOut('agent');
});

afterEach(() => cluster.stop());

function leave(finalizer: string): void {
  const daemonSet = cluster.daemonSet('agent');
  const deletionTimestamp = new Date(cluster.clock.now()).toISOString();
  cluster.store.daemonSets.put({
    ...daemonSet,
    metadata: { ...daemonSet.metadata, deletionTimestamp, finalizers: [finalizer] },
  });
}

describe('when a DaemonSet is deleted', () => {
  it('in the background, its pods end gracefully and its revisions go', () => {
    cluster.store.daemonSets.remove('default/agent');
    cluster.clock.advance(200);
    expect(cluster.pods('agent').map((pod) => pod.metadata.deletionGracePeriodSeconds)).toEqual([30, 30, 30]);
    cluster.clock.advance(3_000);
    expect(cluster.pods('agent')).toEqual([]);
    expect(cluster.store.controllerRevisions.size).toBe(0);
  });

  it('in the foreground, it stays until the last of its pods is gone', () => {
    leave(FOREGROUND);
    cluster.clock.advance(200);
    expect(cluster.daemonSet('agent').metadata.deletionTimestamp).toBeDefined();
    cluster.until(() => cluster.store.daemonSets.size === 0, 'the DaemonSet is gone');
    expect(cluster.pods('agent')).toEqual([]);
  });

  it('as orphans, its pods and revisions stay without an owner', () => {
    leave(ORPHAN);
    cluster.clock.advance(5_000);
    expect(cluster.store.daemonSets.size).toBe(0);
    expect(cluster.pods('agent').map((pod) => pod.metadata.ownerReferences)).toEqual([undefined, undefined, undefined]);
    expect(cluster.pods('agent').every((pod) => pod.metadata.deletionTimestamp === undefined)).toBe(true);
    expect(cluster.store.controllerRevisions.size).toBe(1);
  });

  it('under the same name again at once, the old pods go and the new ones come', () => {
    const before = cluster.pods('agent').map((pod) => pod.metadata.uid);
    cluster.store.daemonSets.remove('default/agent');
    cluster.create('agent');
    cluster.untilRolledOut('agent');
    expect(cluster.pods('agent').filter((pod) => before.includes(pod.metadata.uid))).toEqual([]);
  });
});
