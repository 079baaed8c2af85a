import { resolveIntOrPercent } from './int-or-string.ts';
import { isAvailable, type NodePods } from './rollout-nodes.ts';
import type { DaemonSetRow, PodRow } from './rows.ts';

/** How many nodes a rolling update may have in hand at once, and which have it now. */
export interface RolloutBudget {
  readonly kind: 'maxUnavailable' | 'maxSurge';
  /** As it stands in the spec: 2, "20%". */
  readonly written: number | string;
  /** What the controller makes of it. */
  readonly nodes: number;
  /** Nodes that spend it, by name. */
  readonly spentBy: readonly SpendingNode[];
  /** spentBy, and with maxUnavailable the nodes that have no pod at all. May be above `nodes`: nothing is replaced then. */
  readonly spent: number;
}

export interface SpendingNode {
  readonly nodeName: string;
  /** The pod that is not available; a node may have none. */
  readonly pod?: PodRow;
}

interface Limits {
  readonly maxUnavailable: number;
  readonly maxSurge: number;
}

/** Both round up over desired, and when both come to 0, one node may be unavailable (updatedDesiredNodeCounts, update.go, 1.37). */
export function resolveBudget(
  written: { readonly maxUnavailable: number | string; readonly maxSurge: number | string },
  desired: number,
): Limits {
  const maxUnavailable = resolveIntOrPercent(written.maxUnavailable, desired, 'up') ?? 0;
  const maxSurge = resolveIntOrPercent(written.maxSurge, desired, 'up') ?? 0;
  return maxUnavailable === 0 && maxSurge === 0 ? { maxUnavailable: 1, maxSurge } : { maxUnavailable, maxSurge };
}

/**
 * The budget of a rolling update and who spends it, as rollingUpdate counts (pkg/controller/daemon/update.go, 1.37). With
 * maxUnavailable a node spends that has no available pod, or more than one that stays; with maxSurge one whose new pod runs beside
 * the old and is not available. Undefined for OnDelete.
 */
export function rolloutBudget(row: DaemonSetRow, nodes: readonly NodePods[], now: number): RolloutBudget | undefined {
  const { strategy, desired, minReadySeconds } = row;
  if (strategy.type !== 'RollingUpdate') return undefined;
  const { maxUnavailable, maxSurge } = resolveBudget(strategy, desired);
  const serves = (pod: PodRow) => isAvailable(pod, minReadySeconds, now);
  if (maxSurge > 0) {
    const spentBy = nodes.flatMap((node) => surging(node, serves));
    return { kind: 'maxSurge', written: strategy.maxSurge, nodes: maxSurge, spentBy, spent: spentBy.length };
  }
  const spentBy = nodes.flatMap((node) => unavailable(node, serves));
  const bare = Math.max(0, desired - nodes.length);
  return {
    kind: 'maxUnavailable',
    written: strategy.maxUnavailable,
    nodes: maxUnavailable,
    spentBy,
    spent: spentBy.length + bare,
  };
}

function unavailable(
  { nodeName, newPods, oldPods, leavingPods }: NodePods,
  serves: (pod: PodRow) => boolean,
): readonly SpendingNode[] {
  const staying = [...newPods, ...oldPods];
  const [only] = staying;
  if (staying.length === 1 && only !== undefined && serves(only)) return [];
  const pod = staying.find((each) => !serves(each)) ?? only ?? leavingPods[0];
  return [{ nodeName, ...(pod === undefined ? {} : { pod }) }];
}

function surging({ nodeName, newPods, oldPods }: NodePods, serves: (pod: PodRow) => boolean): readonly SpendingNode[] {
  const isExcess = newPods.length > 1 || oldPods.length > 1;
  const waiting = newPods.find((pod) => !serves(pod));
  if (!isExcess && (oldPods.length === 0 || waiting === undefined)) return [];
  return [{ nodeName, ...(waiting === undefined ? {} : { pod: waiting }) }];
}
