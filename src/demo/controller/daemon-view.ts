import { resolveIntOrPercent } from '../../shared/kubernetes/int-or-string.ts';
import { type DaemonSet, type Node, type Pod, TEMPLATE_GENERATION } from '../objects.ts';
import { isPodAvailable } from '../pod-readiness.ts';
import { shouldRun } from './eligibility.ts';
import { hashOf } from './revision-history.ts';

/** All that one look at a DaemonSet needs: gathered first, so that what follows is computed from it alone. */
export interface DaemonView {
  readonly daemonSet: DaemonSet;
  readonly nodes: readonly Node[];
  /** By target node; pods whose node is gone are here too. */
  readonly podsByNode: ReadonlyMap<string, readonly Pod[]>;
  /** The hash of the current revision. */
  readonly hash: string;
  readonly nowMs: number;
}

/** What is to be done: pods to make on nodes, pods to delete. */
export interface PodPlan {
  readonly createOn: readonly string[];
  readonly remove: readonly Pod[];
}

/** util.IsPodUpdated: by the revision's hash, or by the template generation of old days. */
export function isPodUpdated(view: DaemonView, pod: Pod): boolean {
  const generation = view.daemonSet.metadata.annotations?.[TEMPLATE_GENERATION];
  return (
    hashOf(pod) === view.hash ||
    (generation !== undefined && pod.metadata.labels?.['pod-template-generation'] === generation)
  );
}

export function isAvailable(view: DaemonView, pod: Pod): boolean {
  return isPodAvailable(pod, view.daemonSet.spec.minReadySeconds ?? 0, view.nowMs);
}

export function desiredCount(view: DaemonView): number {
  const { spec } = view.daemonSet.spec.template;
  return view.nodes.reduce((count, node) => count + (shouldRun(spec, node) ? 1 : 0), 0);
}

export interface Budget {
  readonly maxUnavailable: number;
  readonly maxSurge: number;
}

/** Both round up over desired; when both come to 0, one pod may be unavailable (updatedDesiredNodeCounts, 1.37). */
export function rollingBudget(view: DaemonView, desired: number): Budget {
  const rolling = view.daemonSet.spec.updateStrategy.rollingUpdate;
  const maxUnavailable = resolveIntOrPercent(rolling?.maxUnavailable ?? 0, desired, 'up') ?? 0;
  const maxSurge = resolveIntOrPercent(rolling?.maxSurge ?? 0, desired, 'up') ?? 0;
  return maxUnavailable === 0 && maxSurge === 0 ? { maxUnavailable: 1, maxSurge } : { maxUnavailable, maxSurge };
}

/** util.AllowsSurge */
export function allowsSurge(daemonSet: DaemonSet): boolean {
  const { type, rollingUpdate } = daemonSet.spec.updateStrategy;
  return type === 'RollingUpdate' && (resolveIntOrPercent(rollingUpdate?.maxSurge ?? 0, 1, 'up') ?? 0) > 0;
}

/** The oldest first; of equal age the one that is scheduled (podByCreationTimestampAndPhase). */
export function byAge(pods: readonly Pod[]): readonly Pod[] {
  if (pods.length < 2) return pods;
  return [...pods].sort(
    (a, b) =>
      Number(a.spec.nodeName === undefined) - Number(b.spec.nodeName === undefined) ||
      a.metadata.creationTimestamp.localeCompare(b.metadata.creationTimestamp) ||
      a.metadata.name.localeCompare(b.metadata.name),
  );
}
