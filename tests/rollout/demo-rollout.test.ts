import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rollingBudget } from '../../src/demo/controller/daemon-view.ts';
import { QuietCluster } from '../../src/demo/testing/quiet-cluster.ts';
import { toDaemonSetRow } from '../../src/shared/kubernetes/daemonset-row.ts';
import { toNodeRow } from '../../src/shared/kubernetes/node-row.ts';
import { toPodRow } from '../../src/shared/kubernetes/pod-row.ts';
import { explainRollout, type Rollout } from '../../src/shared/kubernetes/rollout.ts';

const HASH = 'controller-revision-hash';
const amount = fc.oneof(
  fc.integer({ min: 1, max: 4 }),
  fc.integer({ min: 1, max: 60 }).map((percent) => `${percent}%`),
);
const strategy = fc.oneof(
  amount.map((maxUnavailable) => ({ maxUnavailable, maxSurge: 0 })),
  amount.map((maxSurge) => ({ maxUnavailable: 0, maxSurge })),
);

function look(cluster: QuietCluster): Rollout {
  const { daemonSets, pods, nodes, controllerRevisions } = cluster.store;
  const newest = controllerRevisions.items().toSorted((a, b) => b.revision - a.revision)[0];
  return explainRollout({
    row: toDaemonSetRow(daemonSets.items()[0]),
    pods: pods.items().map(toPodRow),
    current: {
      revision: newest?.revision ?? 0,
      hash: newest?.metadata.labels?.[HASH] ?? '',
      creationTimestamp: newest?.metadata.creationTimestamp ?? '',
    },
    nodeRows: nodes.items().map(toNodeRow),
    now: cluster.clock.now(),
  });
}

describe('a rollout of the demo controller, looked at after every change of a pod', () => {
  it('never spends more than its budget, which is the controller’s own, and its pods add up', () => {
    fc.assert(
      fc.property(
        strategy,
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 0, max: 5 }),
        (rollingUpdate, size, minReadySeconds) => {
          // The demo's controller does not wake for a surging pod that has been ready for minReadySeconds.
          fc.pre(minReadySeconds === 0 || rollingUpdate.maxSurge === 0);
          const cluster = new QuietCluster(size);
          try {
            cluster.create('agent', {}, { updateStrategy: { type: 'RollingUpdate', rollingUpdate }, minReadySeconds });
            cluster.untilRolledOut('agent');
            let looks = 0;
            const end = cluster.store.pods.subscribe(() => {
              const { budget, nodes } = look(cluster);
              const daemonSet = cluster.daemonSet('agent');
              const limits = rollingBudget({ daemonSet, nodes: [], podsByNode: new Map(), hash: '', nowMs: 0 }, size);
              expect(budget?.nodes).toBe(budget?.kind === 'maxSurge' ? limits.maxSurge : limits.maxUnavailable);
              expect(budget?.spent).toBeLessThanOrEqual(budget?.nodes ?? -1);
              const counted = nodes.flatMap((node) => [...node.newPods, ...node.oldPods, ...node.leavingPods]);
              expect(counted).toHaveLength(cluster.pods('agent').length);
              looks += 1;
            });
            cluster.setImage('agent', 'registry.example.com/tool:2.0');
            cluster.untilRolledOut('agent');
            end();
            expect(looks).toBeGreaterThanOrEqual(size);
            expect(look(cluster)).toMatchObject({ updated: size, available: size, waits: [], msLeft: 0 });
          } finally {
            cluster.stop();
          }
        },
      ),
      { numRuns: 25 },
    );
  });
});
