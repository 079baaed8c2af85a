import { describe, expect, it } from 'vitest';
import { aPodRow } from '../../../tests/fakes/rows.ts';
import type { DaemonSetPlacement } from '../contract/node.ts';
import { nodeDaemonSets } from './node-daemonsets.ts';
import type { NodeRow, PodRow } from './rows.ts';

const NODE: NodeRow = {
  uid: 'n',
  name: 'node-001',
  resourceVersion: '1',
  creationTimestamp: '2026-01-01T00:00:00Z',
  labels: {},
  taints: [{ key: 'dedicated', value: 'gpu', effect: 'NoSchedule' }],
  unschedulable: false,
  ready: true,
};
const tolerant: DaemonSetPlacement = {
  uid: 'uid-agent',
  name: 'agent',
  namespace: 'logging',
  placement: { tolerations: [{ operator: 'Exists' }] },
};
const strict: DaemonSetPlacement = { ...tolerant, uid: 'uid-web', name: 'web', placement: {} };

const stateOf = (daemonSet: DaemonSetPlacement, ...pods: readonly PodRow[]) => {
  const [found] = nodeDaemonSets(NODE, [daemonSet], pods);
  return [found?.state, found?.why, found?.pod?.name];
};

describe('a DaemonSet on a node', () => {
  it('runs where its pod is ready, also beside one that a rollout takes away', () => {
    const leaving = aPodRow({ name: 'old', deletionTimestamp: '2026-01-01T00:00:00Z' });
    expect(stateOf(tolerant, leaving, aPodRow({ name: 'new' }))).toEqual(['runs', '', 'new']);
  });

  it('is not ready with the server’s reason and the condition’s message', () => {
    const conditions = [{ type: 'Ready', status: 'False', message: 'containers with unready status: [main]' }];
    expect(stateOf(tolerant, aPodRow({ name: 'a', ready: false, reason: 'CrashLoopBackOff', conditions }))).toEqual([
      'notReady',
      'CrashLoopBackOff: containers with unready status: [main]',
      'a',
    ]);
  });

  it('waits with the scheduler’s words while its pod is on no node', () => {
    const { nodeName: _, ...unbound } = aPodRow({ name: 'a', ready: false });
    const conditions = [{ type: 'PodScheduled', status: 'False', message: '0/3 nodes: Insufficient cpu.' }];
    const pod = { ...unbound, targetNodeName: 'node-001', conditions };
    expect(stateOf(tolerant, pod)).toEqual(['waiting', '0/3 nodes: Insufficient cpu.', 'a']);
  });

  it('is missing where it should run and has no pod, or only one that goes', () => {
    expect(stateOf(tolerant)[0]).toBe('missing');
    const leaving = aPodRow({ name: 'a', deletionTimestamp: '2026-01-01T00:00:00Z' });
    expect(stateOf(tolerant, leaving)).toEqual(['missing', 'its pod is being deleted', 'a']);
  });

  it('is excluded by a taint, and says when a pod is there all the same', () => {
    const why = 'untolerated taint dedicated=gpu:NoSchedule';
    expect(stateOf(strict)).toEqual(['excluded', why, undefined]);
    expect(stateOf(strict, aPodRow({ name: 'a', ownerUid: 'uid-web' }))).toEqual(['extra', why, 'a']);
  });

  it('of a node that cannot be read is known by its pod alone', () => {
    expect(nodeDaemonSets(undefined, [tolerant, strict], [aPodRow()]).map(({ name, state }) => [name, state])).toEqual([
      ['agent', 'runs'],
    ]);
  });

  it('comes in the order of trouble, then of names', () => {
    const other = { ...tolerant, uid: 'uid-b', name: 'b' };
    expect(nodeDaemonSets(NODE, [strict, other, tolerant], [aPodRow()]).map(({ name }) => name)).toEqual([
      'b',
      'agent',
      'web',
    ]);
  });
});
