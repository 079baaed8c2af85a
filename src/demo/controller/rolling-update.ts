import type { Pod } from '../objects.ts';
import {
  type DaemonView,
  type PodPlan,
  desiredCount,
  isAvailable,
  isPodUpdated,
  rollingBudget,
} from './daemon-view.ts';
import { shouldRun } from './eligibility.ts';

interface PodsOfNode {
  readonly newPod?: Pod;
  readonly oldPod?: Pod;
  /** More than one of a kind: left to the membership step, and counted as unavailable. */
  readonly excess: boolean;
}

/** findUpdatedPodsOnNode, pkg/controller/daemon/update.go, 1.37; pods on their way out are not seen. */
function podsOfNode(view: DaemonView, pods: readonly Pod[]): PodsOfNode {
  const alive = pods.filter((pod) => pod.metadata.deletionTimestamp === undefined);
  const updated = alive.filter((pod) => isPodUpdated(view, pod));
  const outdated = alive.filter((pod) => !updated.includes(pod));
  const [newPod] = updated;
  const [oldPod] = outdated;
  return {
    ...(newPod === undefined ? {} : { newPod }),
    ...(oldPod === undefined ? {} : { oldPod }),
    excess: updated.length > 1 || outdated.length > 1,
  };
}

/** Nodes that have pods, and those that should have. */
function consideredNodes(view: DaemonView): readonly [string, readonly Pod[]][] {
  const wanted = view.nodes
    .filter((node) => shouldRun(view.daemonSet.spec.template.spec, node))
    .map((node) => node.metadata.name);
  return [...new Set([...wanted, ...view.podsByNode.keys()])].map((name) => [name, view.podsByNode.get(name) ?? []]);
}

function planReplacing(view: DaemonView, maxUnavailable: number): PodPlan {
  const broken: Pod[] = [];
  const candidates: Pod[] = [];
  let unavailable = 0;
  for (const [, pods] of consideredNodes(view)) {
    const { newPod, oldPod, excess } = podsOfNode(view, pods);
    const both = newPod !== undefined && oldPod !== undefined;
    if (excess || both || (newPod === undefined && oldPod === undefined)) {
      unavailable += 1;
    } else if (newPod !== undefined) {
      if (!isAvailable(view, newPod)) unavailable += 1;
    } else if (oldPod !== undefined && !isAvailable(view, oldPod)) {
      // An old pod that serves nobody costs nothing to replace.
      broken.push(oldPod);
      unavailable += 1;
    } else if (oldPod !== undefined && unavailable < maxUnavailable) {
      candidates.push(oldPod);
    }
  }
  const remaining = Math.max(0, maxUnavailable - unavailable);
  return { createOn: [], remove: [...broken, ...candidates.slice(0, remaining)] };
}

function planSurging(view: DaemonView, maxSurge: number, desired: number): PodPlan {
  const nodes = new Map(view.nodes.map((node) => [node.metadata.name, node]));
  const remove: Pod[] = [];
  const sunset: Pod[] = [];
  const allowed: string[] = [];
  const candidates: string[] = [];
  let surging = 0;
  let available = 0;
  for (const [nodeName, pods] of consideredNodes(view)) {
    const { newPod, oldPod, excess } = podsOfNode(view, pods);
    if (excess) {
      surging += 1;
      continue;
    }
    const serving = oldPod ?? newPod;
    if (serving !== undefined && isAvailable(view, serving)) available += 1;
    if (oldPod === undefined) continue;
    if (newPod !== undefined) {
      if (isAvailable(view, newPod)) remove.push(oldPod);
      else surging += 1;
      continue;
    }
    const node = nodes.get(nodeName);
    const wanted = node !== undefined && shouldRun(view.daemonSet.spec.template.spec, node);
    const oldAvailable = isAvailable(view, oldPod);
    if (!wanted) (oldAvailable ? sunset : remove).push(oldPod);
    else if (!oldAvailable) allowed.push(nodeName);
    else if (surging < maxSurge) candidates.push(nodeName);
  }
  const deletable = Math.max(0, available - desired);
  const remaining = Math.max(0, maxSurge - surging);
  return {
    createOn: [...allowed, ...candidates.slice(0, remaining)],
    remove: [...remove, ...sunset.slice(0, deletable)],
  };
}

/**
 * The next step of a rolling update (rollingUpdate, pkg/controller/daemon/update.go, 1.37). Pods that are unavailable already spend
 * maxUnavailable, except old ones, which are replaced whatever the budget.
 */
export function planRollingUpdate(view: DaemonView): PodPlan {
  const desired = desiredCount(view);
  const { maxUnavailable, maxSurge } = rollingBudget(view, desired);
  return maxSurge === 0 ? planReplacing(view, maxUnavailable) : planSurging(view, maxSurge, desired);
}
