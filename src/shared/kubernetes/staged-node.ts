import type { NodePods } from './rollout-nodes.ts';
import { type RolloutWait, waitWords } from './rollout-waits.ts';
import type { PodRow } from './rows.ts';
import { replaceablePods, type StagedPlan } from './staged-plan.ts';

/** How a node of a wave stands. */
export type NodeStanding =
  /** Old pods that may be deleted now. */
  | { readonly kind: 'old'; readonly pods: readonly PodRow[] }
  /** There is nothing to do on it, and this is why. */
  | { readonly kind: 'skip'; readonly why: string }
  /** Its new pod does not come right by waiting. */
  | { readonly kind: 'failing'; readonly why: string }
  | { readonly kind: 'waits'; readonly why: string }
  /** Its new pod is ready; `key` changes with the pod, its restarts and the time of its readiness. */
  | { readonly kind: 'ready'; readonly key: string };

export interface NodeAsked {
  readonly plan: StagedPlan;
  readonly name: string;
  /** Absent: no pod of the DaemonSet is on it. */
  readonly node: NodePods | undefined;
  readonly isRemoved: boolean;
  /** Why the controller would make no new pod there. */
  readonly keptAway: string | undefined;
  /** Why its pods are not available, as the rollout card words it. */
  readonly waits: readonly RolloutWait[];
}

/** These do not come right by waiting. */
const FAILING: ReadonlySet<string> = new Set(['crash', 'imagePull', 'failing']);

export function restartsOf(pod: PodRow): number {
  return pod.containers.reduce((sum, { restarts }) => sum + restarts, 0);
}

/** How one node of the wave stands. Never names a pod for deletion that was asked for already, is new, or of unknown hash. */
export function standingOf({ plan, name, node, isRemoved, keptAway, waits }: NodeAsked): NodeStanding {
  if (isRemoved) return { kind: 'skip', why: 'the node was removed' };
  const failing = failureOf(plan, node, waits);
  if (failing !== undefined) return { kind: 'failing', why: failing };
  const old = node === undefined ? [] : replaceablePods(node);
  const isNew = (node?.newPods.length ?? 0) > 0;
  if (keptAway !== undefined && !isNew) return { kind: 'skip', why: `no new pod would come on it: ${keptAway}` };
  const toDelete = old.filter(({ uid }) => !plan.asked.includes(uid));
  if (toDelete.length > 0) return { kind: 'old', pods: toDelete };
  if (old.length > 0) return { kind: 'waits', why: 'the deletion of the old pod is not seen yet' };
  if (node !== undefined && node.oldPods.length > 0)
    return { kind: 'skip', why: 'its pod carries no revision hash, so nobody can tell whether it is old' };
  const [pod, ...more] = node?.newPods ?? [];
  if (pod === undefined) {
    const leaves = (node?.leavingPods.length ?? 0) > 0;
    return { kind: 'waits', why: leaves ? 'the old pod is being terminated' : 'there is no new pod yet' };
  }
  if (more.length > 0) return { kind: 'waits', why: `there are ${more.length + 1} new pods` };
  if (pod.ready) return { kind: 'ready', key: `${name} ${pod.uid} ${restartsOf(pod)} ${pod.readySince ?? ''}` };
  const cause = waits.find((wait) => wait.pod.uid === pod.uid)?.cause;
  return { kind: 'waits', why: cause === undefined ? 'the new pod is not ready' : waitWords(cause) };
}

/** Why a new pod on the node is taken as failed: its cause, or that a container restarted. */
export function failureOf(
  plan: StagedPlan,
  node: NodePods | undefined,
  waits: readonly RolloutWait[],
): string | undefined {
  for (const pod of node?.newPods ?? []) {
    const cause = waits.find((wait) => wait.pod.uid === pod.uid)?.cause;
    if (cause !== undefined && FAILING.has(cause.kind)) return waitWords(cause);
    const restarts = restartsOf(pod) - (plan.restartsBefore[pod.uid] ?? 0);
    if (restarts > 0) return `its new pod has restarted ${restarts === 1 ? 'once' : `${restarts} times`}`;
  }
  return undefined;
}
