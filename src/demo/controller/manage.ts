import type { Node, Pod } from '../objects.ts';
import { isPodReady } from '../pod-readiness.ts';
import { type DaemonView, type PodPlan, allowsSurge, byAge, isAvailable } from './daemon-view.ts';
import { verdictOn } from './eligibility.ts';
import { hashOf } from './revision-history.ts';

interface NodePlan {
  readonly create: boolean;
  readonly remove: readonly Pod[];
}

const NOTHING: NodePlan = { create: false, remove: [] };

/**
 * With surge a node may have two pods, if and only if the new one is not available yet and the old one is ready; of all others the
 * oldest of each kind is kept.
 */
function surgePlan(view: DaemonView, running: readonly Pod[], shouldRun: boolean): NodePlan {
  if (running.length <= 1) return { create: running.length === 0 && shouldRun, remove: [] };
  const remove: Pod[] = [];
  let newest: Pod | undefined;
  let old: Pod | undefined;
  for (const pod of byAge(running)) {
    if (hashOf(pod) === view.hash && newest === undefined) newest = pod;
    else if (hashOf(pod) !== view.hash && old === undefined) old = pod;
    else remove.push(pod);
  }
  if (newest !== undefined && old !== undefined && (!isPodReady(old) || isAvailable(view, newest))) remove.push(old);
  return { create: false, remove };
}

function planFor(view: DaemonView, node: Node): NodePlan {
  const { outcome } = verdictOn(view.daemonSet.spec.template.spec, node);
  const pods = view.podsByNode.get(node.metadata.name) ?? [];
  if (outcome === 'shouldRun' && pods.length === 0) return { create: true, remove: [] };
  const alive = pods.filter((pod) => pod.metadata.deletionTimestamp === undefined);
  if (outcome === 'mustLeave') return { create: false, remove: alive };
  const ended = alive.filter((pod) => pod.status.phase === 'Failed' || pod.status.phase === 'Succeeded');
  const running = alive.filter((pod) => !ended.includes(pod));
  if (allowsSurge(view.daemonSet)) {
    const plan = surgePlan(view, running, outcome === 'shouldRun');
    return { create: plan.create, remove: [...ended, ...plan.remove] };
  }
  if (ended.length === 0 && running.length <= 1) return NOTHING;
  return { create: false, remove: [...ended, ...byAge(running).slice(1)] };
}

/** Pods that wait for a node that no longer exists. */
function unscheduledWithoutNode(view: DaemonView): readonly Pod[] {
  const names = new Set(view.nodes.map((node) => node.metadata.name));
  return [...view.podsByNode]
    .filter(([nodeName]) => !names.has(nodeName))
    .flatMap(([, pods]) => pods.filter((pod) => pod.spec.nodeName === undefined));
}

/** Which nodes lack a pod and which pods are too many (manage and podsShouldBeOnNode, pkg/controller/daemon/daemon_controller.go, 1.37). */
export function planMembership(view: DaemonView): PodPlan {
  const createOn: string[] = [];
  const remove: Pod[] = [...unscheduledWithoutNode(view)];
  for (const node of view.nodes) {
    const plan = planFor(view, node);
    if (plan.create) createOn.push(node.metadata.name);
    remove.push(...plan.remove);
  }
  return { createOn, remove };
}
