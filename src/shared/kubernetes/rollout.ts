import { type DaemonSetStatus, rolloutStatusWords } from './daemonset.ts';
import type { CauseEvent } from './pod-trouble.ts';
import { type RolloutBudget, rolloutBudget } from './rollout-budget.ts';
import { isAvailable, type NodePods, nodeOf, podsByNode } from './rollout-nodes.ts';
import { currentRun, finishTimes, timeLeft } from './rollout-pace.ts';
import { type RolloutWait, rolloutWaits } from './rollout-waits.ts';
import type { DaemonSetRow, NodeRow, PodRow } from './rows.ts';

/** What of a ControllerRevision a rollout needs. */
export interface RolloutRevision {
  readonly revision: number;
  /** Label controller-revision-hash. */
  readonly hash: string;
  readonly creationTimestamp: string;
}

export interface RolloutInput {
  readonly row: DaemonSetRow;
  readonly pods: readonly PodRow[];
  /** The newest one; undefined while it is not known. */
  readonly current: RolloutRevision | undefined;
  /** Empty where nodes may not be read. */
  readonly nodeRows: readonly NodeRow[];
  readonly events?: readonly CauseEvent[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface Rollout {
  /** Status fields, as kubectl counts them. */
  readonly updated: number;
  readonly available: number;
  readonly desired: number;
  /** `kubectl rollout status` of the same resourceVersion. */
  readonly words: string;
  /** Nodes with pods, by name. */
  readonly nodes: readonly NodePods[];
  /** Absent for OnDelete, and while the current revision is not known. */
  readonly budget?: RolloutBudget;
  readonly waits: readonly RolloutWait[];
  /** Milliseconds at the pace of the last pods; absent where there is none. */
  readonly msLeft?: number;
  /** When the last pod was done, milliseconds since 1970. */
  readonly lastProgressAt?: number;
}

/** Whether the controller is replacing pods, or is to: not once all is done, and never under OnDelete. */
export function isRollingOut(row: DaemonSetRow, status: DaemonSetStatus): boolean {
  const runs = status.kind === 'progressing' || status.kind === 'degraded' || status.kind === 'notObserved';
  return runs && row.strategy.type === 'RollingUpdate';
}

/** Everything that a rollout shows, from what was read. Pods of another owner are passed over. */
export function explainRollout({ row, pods, current, nodeRows, events = [], now }: RolloutInput): Rollout {
  const counts = {
    updated: row.updated,
    available: row.available,
    desired: row.desired,
    words: rolloutStatusWords(row),
  };
  if (current === undefined) return { ...counts, nodes: [], waits: [] };
  const own = pods.filter((pod) => pod.ownerUid === undefined || pod.ownerUid === row.uid);
  const nodes = podsByNode(own, current.hash);
  const placeless = own.filter((pod) => nodeOf(pod) === undefined && pod.deletionTimestamp === undefined);
  const budget = rolloutBudget(row, nodes, now);
  const newPods = nodes.flatMap((node) => node.newPods);
  const times = finishTimes(newPods, row.minReadySeconds, now);
  const done = newPods.filter((pod) => isAvailable(pod, row.minReadySeconds, now)).length;
  const msLeft = timeLeft(times, row.desired - done, now);
  const lastProgressAt = currentRun(times).at(-1);
  return {
    ...counts,
    nodes,
    waits: rolloutWaits({ row, nodes, placeless, nodeRows, events, now }),
    ...(budget === undefined ? {} : { budget }),
    ...(msLeft === undefined ? {} : { msLeft }),
    ...(lastProgressAt === undefined ? {} : { lastProgressAt }),
  };
}

/** Restart annotation and revision are written one after the other. */
const SAME_ACT_MS = 60_000;

/** How a rollout began. Taking up an old revision again leaves no time of its own, so there is none to tell. */
export type RolloutStart =
  | { readonly how: 'redeploy' | 'template'; readonly at: string }
  | { readonly how: 'rollback' };

export function rolloutStart(
  row: DaemonSetRow,
  current: RolloutRevision,
  all: readonly RolloutRevision[],
): RolloutStart {
  const madeAt = Date.parse(current.creationTimestamp);
  if (all.some((other) => Date.parse(other.creationTimestamp) > madeAt)) return { how: 'rollback' };
  const { restartedAt } = row;
  if (restartedAt !== undefined && Math.abs(Date.parse(restartedAt) - madeAt) <= SAME_ACT_MS) {
    return { how: 'redeploy', at: current.creationTimestamp };
  }
  return { how: 'template', at: current.creationTimestamp };
}

/** Nodes that run a pod of an older template, by name: under OnDelete they stay so until somebody deletes it. */
export function oldNodes(nodes: readonly NodePods[]): readonly NodePods[] {
  return nodes.filter(({ oldPods }) => oldPods.length > 0);
}
