import { describe, expect, it } from 'vitest';
import { aDaemonSet, aPodRow } from '../../../tests/fakes/rows.ts';
import { daemonSetStatus } from './daemonset.ts';
import { resolveBudget } from './rollout-budget.ts';
import { timeLeft } from './rollout-pace.ts';
import { explainRollout, isRollingOut, oldNodes, rolloutStart } from './rollout.ts';
import { type WaitCause, waitWords } from './rollout-waits.ts';
import type { NodeRow, PodRow } from './rows.ts';

const NOW = Date.parse('2026-01-02T00:00:00Z');
const current = { revision: 12, hash: 'new', creationTimestamp: '2026-01-01T23:50:00Z' };

const newPod = (nodeName: string, more: Partial<PodRow> = {}) =>
  aPodRow({ nodeName, revisionHash: 'new', readySince: '2026-01-01T23:59:00Z', ...more });
const oldPod = (nodeName: string, more: Partial<PodRow> = {}) =>
  aPodRow({ nodeName, name: `old-${nodeName}`, revisionHash: 'old', ...more });
const notReady = { ready: false, readyContainers: 0 } as const;
const waiting = (state: string, more: Partial<PodRow['containers'][number]> = {}): Partial<PodRow> => ({
  ...notReady,
  reason: state,
  phase: 'Pending',
  containers: [{ name: 'main', kind: 'worker', ready: false, restarts: 0, state, ...more }],
});
const aNode = (name: string, ready: boolean): NodeRow => ({
  uid: name,
  name,
  resourceVersion: '1',
  creationTimestamp: '2026-01-01T00:00:00Z',
  labels: {},
  taints: [],
  unschedulable: false,
  ready,
});

function explained(
  pods: readonly PodRow[],
  more: Parameters<typeof aDaemonSet>[0] = {},
  nodeRows: readonly NodeRow[] = [],
) {
  return explainRollout({ row: aDaemonSet({ desired: 4, ...more }), pods, current, nodeRows, now: NOW });
}

describe('what a rollout has done', () => {
  it('is counted as kubectl counts it, and its words are those of kubectl', () => {
    const rollout = explained([], { desired: 4, updated: 3, available: 2 });
    expect(rollout).toMatchObject({ updated: 3, available: 2, desired: 4 });
    expect(rollout.words).toBe(
      'Waiting for daemon set "agent" rollout to finish: 3 out of 4 new pods have been updated...',
    );
  });

  it('is told by node: new, old, and on its way out; a pod of another owner is none of it', () => {
    const leaving = oldPod('a', { deletionTimestamp: '2026-01-01T23:59:59Z' });
    const { nodes } = explained([newPod('a'), leaving, oldPod('b'), aPodRow({ nodeName: 'c', ownerUid: 'other' })]);
    expect(
      nodes.map(({ nodeName, newPods, oldPods, leavingPods }) => [
        nodeName,
        newPods.length,
        oldPods.length,
        leavingPods.length,
      ]),
    ).toEqual([
      ['a', 1, 0, 1],
      ['b', 0, 1, 0],
    ]);
    expect(oldNodes(nodes).map(({ nodeName }) => nodeName)).toEqual(['b']);
  });

  it('claims nothing of nodes, budget and waits while the current revision is not known', () => {
    const rollout = explainRollout({
      row: aDaemonSet(),
      pods: [newPod('a')],
      current: undefined,
      nodeRows: [],
      now: NOW,
    });
    expect(rollout).toMatchObject({ nodes: [], waits: [] });
    expect(rollout.budget).toBeUndefined();
  });

  it('is under way when the controller has pods to replace, and never under OnDelete', () => {
    const under = (more: Parameters<typeof aDaemonSet>[0]) => {
      const row = aDaemonSet(more);
      return isRollingOut(row, daemonSetStatus(row, { now: NOW }));
    };
    expect(under({ updated: 1 })).toBe(true);
    expect(under({ generation: 2 })).toBe(true);
    expect(under({})).toBe(false);
    expect(under({ updated: 1, strategy: { type: 'OnDelete' } })).toBe(false);
  });
});

describe('the budget', () => {
  it.each([
    [{ maxUnavailable: '2%', maxSurge: 0 }, 235, { maxUnavailable: 5, maxSurge: 0 }],
    [{ maxUnavailable: 1, maxSurge: 0 }, 3, { maxUnavailable: 1, maxSurge: 0 }],
    [{ maxUnavailable: 0, maxSurge: '10%' }, 21, { maxUnavailable: 0, maxSurge: 3 }],
    [{ maxUnavailable: '0%', maxSurge: 0 }, 7, { maxUnavailable: 1, maxSurge: 0 }],
    [{ maxUnavailable: '20%', maxSurge: 0 }, 0, { maxUnavailable: 1, maxSurge: 0 }],
  ])('%j of %i nodes', (written, desired, limits) => {
    expect(resolveBudget(written, desired)).toEqual(limits);
  });

  it('of maxUnavailable is spent by nodes without an available pod, and by those without any', () => {
    const pods = [newPod('a'), newPod('b', notReady), oldPod('c', { deletionTimestamp: '2026-01-01T23:59:59Z' })];
    const { budget } = explained(pods, { strategy: { type: 'RollingUpdate', maxUnavailable: '50%', maxSurge: 0 } });
    expect(budget).toMatchObject({ kind: 'maxUnavailable', written: '50%', nodes: 2, spent: 3 });
    expect(budget?.spentBy.map(({ nodeName, pod }) => [nodeName, pod?.name])).toEqual([
      ['b', 'agent-b'],
      ['c', 'old-c'],
    ]);
  });

  it('of maxSurge is spent by nodes whose new pod is not available beside the old one', () => {
    const pods = [newPod('a', notReady), oldPod('a'), newPod('b'), oldPod('b'), newPod('c', notReady)];
    const { budget } = explained(pods, { strategy: { type: 'RollingUpdate', maxUnavailable: 0, maxSurge: 1 } });
    expect(budget).toMatchObject({ kind: 'maxSurge', nodes: 1, spent: 1 });
    expect(budget?.spentBy[0]).toMatchObject({ nodeName: 'a', pod: { name: 'agent-a' } });
  });

  it('counts a pod that is ready for less than minReadySeconds as unavailable', () => {
    expect(explained([newPod('a')], { desired: 1, minReadySeconds: 61 }).budget?.spent).toBe(1);
    expect(explained([newPod('a')], { desired: 1, minReadySeconds: 60 }).budget?.spent).toBe(0);
  });
});

describe('why it waits', () => {
  const crashing = waiting('CrashLoopBackOff', { restarts: 6, lastExitCode: 1 });
  const unscheduled: Partial<PodRow> = {
    ...notReady,
    phase: 'Pending',
    reason: 'Pending',
    containers: [],
    conditions: [
      {
        type: 'PodScheduled',
        status: 'False',
        reason: 'Unschedulable',
        message: "0/4 nodes are available: 1 Insufficient cpu, 3 node(s) didn't match Pod's node affinity/selector.",
      },
    ],
  };
  const running = { name: 'main', kind: 'worker', ready: false, restarts: 0, state: 'running' } as const;
  it.each<[string, PodRow, Partial<WaitCause>, string]>([
    [
      'a crash',
      newPod('a', crashing),
      { kind: 'crash', container: 'main', exitCode: 1 },
      'container "main" exits with code 1, 6 restarts',
    ],
    [
      'an image',
      newPod('a', waiting('ImagePullBackOff')),
      { kind: 'imagePull', image: 'registry.example/agent:1' },
      'registry.example/agent:1 cannot be pulled (ImagePullBackOff)',
    ],
    [
      'an image of an old pod, which the template does not tell',
      oldPod('a', waiting('ErrImagePull')),
      { kind: 'imagePull' },
      'the image of container "main" cannot be pulled (ErrImagePull)',
    ],
    ['no room', newPod('a', unscheduled), { kind: 'unschedulable' }, 'pending: insufficient cpu'],
    [
      'a probe',
      newPod('a', { ...notReady, containers: [running] }),
      { kind: 'probe', containers: ['main'] },
      'container "main" runs, but no probe has found it ready',
    ],
    [
      'a readiness gate',
      newPod('a', { ...notReady, conditions: [{ type: 'example.com/gate', status: 'False' }] }),
      { kind: 'probe', containers: [] },
      'readiness gate example.com/gate is not met',
    ],
    [
      'a configuration',
      newPod('a', waiting('CreateContainerConfigError')),
      { kind: 'failing' },
      'container configuration error',
    ],
    ['its start', newPod('a', waiting('ContainerCreating')), { kind: 'starting' }, 'containers start'],
    [
      'an old pod that goes',
      oldPod('a', { deletionTimestamp: '2026-01-01T23:59:59Z' }),
      { kind: 'terminating' },
      'the old pod is being terminated',
    ],
  ])('%s', (_, pod, cause, words) => {
    const [wait] = explained([pod]).waits;
    expect(wait?.cause).toMatchObject(cause);
    expect(wait && waitWords(wait.cause)).toBe(words);
  });

  it('for minReadySeconds, with what is left of them', () => {
    const [wait] = explained([newPod('a')], { minReadySeconds: 90 }).waits;
    expect(wait && waitWords(wait.cause)).toBe('ready, counts as available in 30 s (minReadySeconds)');
  });

  it('for a node that is not ready, whatever its pod looks like', () => {
    const { waits } = explained([newPod('a', crashing)], {}, [aNode('a', false), aNode('b', true)]);
    expect(waits[0]?.cause).toEqual({ kind: 'nodeNotReady' });
  });

  it('names the node that a pending pod was made for', () => {
    const { nodeName: _, ...pod } = newPod('a', unscheduled);
    expect(explained([{ ...pod, targetNodeName: 'node-7' }]).waits[0]?.nodeName).toBe('node-7');
  });

  it('tells the worst first, and nothing of pods that serve', () => {
    const pods = [newPod('a', waiting('ContainerCreating')), newPod('c', crashing), newPod('b', crashing), oldPod('d')];
    expect(explained(pods).waits.map(({ nodeName }) => nodeName)).toEqual(['b', 'c', 'a']);
  });
});

describe('the time left', () => {
  const at = (...seconds: readonly number[]) => seconds.map((second) => NOW - second * 1000);
  it.each([
    ['nothing seen yet', at(10), 3, undefined],
    ['one every ten seconds', at(30, 20, 10, 0), 6, 60_000],
    ['less what the next has taken already', at(35, 25, 15, 5), 6, 55_000],
    ['several in the same second', at(1, 1, 1), 4, 1_000],
    ['a pace of long ago', at(2000, 1990, 1980), 3, undefined],
    ['a stall', at(130, 120, 110), 3, undefined],
    ['all done', at(30, 20), 0, 0],
  ])('%s', (_, times, left, ms) => {
    const found = timeLeft(times, left, NOW);
    expect(found === undefined ? undefined : Math.ceil(found / 1000) * 1000).toBe(ms);
  });

  it('comes from the pods themselves, so that a page just opened knows it', () => {
    const since = (second: number) => ({ readySince: new Date(NOW - second * 1000).toISOString() });
    const pods = [newPod('a', since(20)), newPod('b', since(10)), oldPod('c'), oldPod('d')];
    const rollout = explained(pods, { updated: 2 });
    expect(rollout.msLeft).toBe(10_000);
    expect(rollout.lastProgressAt).toBe(NOW - 10_000);
  });
});

describe('how it began', () => {
  const older = { revision: 11, hash: 'old', creationTimestamp: '2026-01-01T10:00:00Z' };
  it('by a redeploy, when the restart annotation is as old as the revision', () => {
    const row = aDaemonSet({ restartedAt: '2026-01-01T23:49:59Z' });
    expect(rolloutStart(row, current, [older, current])).toEqual({ how: 'redeploy', at: current.creationTimestamp });
  });
  it('by a new template otherwise', () => {
    expect(rolloutStart(aDaemonSet({ restartedAt: '2026-01-01T10:00:00Z' }), current, [older, current])).toMatchObject({
      how: 'template',
    });
  });
  it('by taking up an older revision, whose age tells nothing', () => {
    const again = { ...older, revision: 13 };
    expect(rolloutStart(aDaemonSet(), again, [again, current])).toEqual({ how: 'rollback' });
  });
});
