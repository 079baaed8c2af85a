import type { DaemonSetPlacement } from '../contract/node.ts';
import { nodeFacts, refusalWords } from './coverage.ts';
import { type NodeVerdict, nodeVerdict } from './node-coverage.ts';
import type { NodeRow, PodRow } from './rows.ts';

/**
 * `runs`: a ready pod is there. `notReady`: one that is not. `waiting`: made for the node, not bound to it. `missing`: it should run and
 * there is none. `extra`: a pod runs that should not. `excluded`: none should, and none does.
 */
export type NodeDaemonSetState = 'missing' | 'waiting' | 'notReady' | 'extra' | 'runs' | 'excluded';

/** One DaemonSet as one node has it. */
export interface NodeDaemonSet {
  readonly uid: string;
  readonly name: string;
  readonly namespace: string;
  readonly state: NodeDaemonSetState;
  /** Why, as a clause; empty where all is well. */
  readonly why: string;
  readonly pod?: PodRow;
}

/** Every DaemonSet on a node, trouble first, then by name. `node` absent: it cannot be read, so only what has a pod is known. */
export function nodeDaemonSets(
  node: NodeRow | undefined,
  daemonSets: readonly DaemonSetPlacement[],
  pods: readonly PodRow[],
): readonly NodeDaemonSet[] {
  const facts = node && nodeFacts(node);
  const byOwner = Map.groupBy(pods, (pod) => pod.ownerUid);
  return daemonSets
    .flatMap((daemonSet) => {
      const pod = bestOf(byOwner.get(daemonSet.uid) ?? []);
      if (facts === undefined && pod === undefined) return [];
      const { uid, name, namespace, placement } = daemonSet;
      const verdict: NodeVerdict = facts ? nodeVerdict(placement, facts) : { outcome: 'shouldRun' };
      return [{ uid, name, namespace, ...stateOf(verdict, pod), ...(pod && { pod }) }];
    })
    .toSorted((a, b) => RANK[a.state] - RANK[b.state] || (keyOf(a) < keyOf(b) ? -1 : 1));
}

const RANK: Readonly<Record<NodeDaemonSetState, number>> = {
  missing: 0,
  waiting: 1,
  notReady: 2,
  extra: 3,
  runs: 4,
  excluded: 5,
};

const keyOf = ({ namespace, name }: NodeDaemonSet): string => `${name}/${namespace}`;

/** A rollout with maxSurge has two pods on a node: the one that is ready counts. */
function bestOf(pods: readonly PodRow[]): PodRow | undefined {
  const staying = pods.filter((pod) => pod.deletionTimestamp === undefined);
  return staying.find((pod) => pod.ready) ?? staying.find((pod) => pod.nodeName !== undefined) ?? staying[0] ?? pods[0];
}

function stateOf(verdict: NodeVerdict, pod: PodRow | undefined): Pick<NodeDaemonSet, 'state' | 'why'> {
  const why = refusalWords(verdict);
  if (why !== undefined) return { state: pod === undefined ? 'excluded' : 'extra', why };
  if (pod === undefined) {
    return {
      state: 'missing',
      why: 'it should run here and has no pod; the DaemonSet’s events say whether one was refused',
    };
  }
  if (pod.deletionTimestamp !== undefined) return { state: 'missing', why: 'its pod is being deleted' };
  if (pod.nodeName === undefined)
    return { state: 'waiting', why: conditionWords(pod, 'PodScheduled') || 'not scheduled yet' };
  if (!pod.ready)
    return { state: 'notReady', why: [pod.reason, conditionWords(pod, 'Ready')].filter(Boolean).join(': ') };
  return { state: 'runs', why: '' };
}

function conditionWords(pod: PodRow, type: string): string {
  const condition = pod.conditions.find((each) => each.type === type && each.status !== 'True');
  return condition?.message ?? condition?.reason ?? '';
}
