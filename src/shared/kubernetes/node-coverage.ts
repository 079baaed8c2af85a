import { assertNever } from '../errors/assert-never.ts';
import { type Labels, labelOf } from './label-requirement.ts';
import { type Affinity, type FailedRequirement, type TermFailure, nodeSelectorFailures } from './node-affinity.ts';
import { formatRequirement } from './selector.ts';
import { type Taint, type Toleration, daemonPodTolerations, formatTaint, untoleratedTaints } from './toleration.ts';

/** What of a pod template's spec decides where daemon pods run. A whole PodSpec fits. */
export interface PodPlacement {
  readonly nodeName?: string;
  readonly nodeSelector?: Labels;
  readonly affinity?: Affinity;
  readonly tolerations?: readonly Toleration[];
  readonly hostNetwork?: boolean;
}

/** What of a node decides whether a daemon pod runs there. */
export interface NodeFacts {
  readonly name: string;
  readonly labels: Labels;
  readonly taints: readonly Taint[];
}

export type NodeRefusal =
  | { readonly kind: 'nodeName'; readonly wanted: string }
  | { readonly kind: 'nodeSelector'; readonly key: string; readonly wanted: string; readonly actual?: string }
  /** No term of the required node affinity holds; `terms` is empty when the selector has none. */
  | { readonly kind: 'nodeAffinity'; readonly terms: readonly TermFailure[] }
  | { readonly kind: 'taint'; readonly taint: Taint };

/**
 * `shouldRun`: counts into desired. `mayStay`: does not count and gets no new pod, but a pod that is there keeps running (only
 * NoSchedule taints stand against it). `mustLeave`: neither; a pod that is there is deleted.
 */
export type NodeVerdict =
  | { readonly outcome: 'shouldRun' }
  | { readonly outcome: 'mayStay' | 'mustLeave'; readonly refusals: readonly [NodeRefusal, ...NodeRefusal[]] };

function selectorRefusals(placement: PodPlacement, node: NodeFacts): readonly NodeRefusal[] {
  const refusals: NodeRefusal[] = [];
  for (const [key, wanted] of Object.entries(placement.nodeSelector ?? {})) {
    const actual = labelOf(node.labels, key);
    if (actual === wanted) continue;
    refusals.push(
      actual === undefined ? { kind: 'nodeSelector', key, wanted } : { kind: 'nodeSelector', key, wanted, actual },
    );
  }
  const required = placement.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  if (required !== undefined) {
    const terms = nodeSelectorFailures(required, node.name, node.labels);
    if (terms !== undefined) refusals.push({ kind: 'nodeAffinity', terms });
  }
  return refusals;
}

/**
 * Whether a node should run a pod of a DaemonSet's template, and everything that stands against it, in the daemon controller's order
 * (nodeShouldRunDaemonPod, pkg/controller/daemon/daemon_controller.go, 1.37): nodeName, node selector and required node affinity,
 * taints against the pod's tolerations and the controller's own. Resources, ports, volumes and pod affinity are not part of it.
 */
export function nodeVerdict(placement: PodPlacement, node: NodeFacts): NodeVerdict {
  const refusals: NodeRefusal[] = [];
  const { nodeName } = placement;
  if (nodeName !== undefined && nodeName !== '' && nodeName !== node.name)
    refusals.push({ kind: 'nodeName', wanted: nodeName });
  refusals.push(...selectorRefusals(placement, node));
  const placeRefused = refusals.length > 0;
  const taints =
    node.taints.length === 0
      ? []
      : untoleratedTaints(node.taints, daemonPodTolerations(placement.tolerations, placement.hostNetwork), [
          'NoSchedule',
          'NoExecute',
        ]);
  refusals.push(...taints.map((taint): NodeRefusal => ({ kind: 'taint', taint })));
  const [first, ...rest] = refusals;
  if (first === undefined) return { outcome: 'shouldRun' };
  const mustLeave = placeRefused || taints.some((taint) => taint.effect === 'NoExecute');
  return { outcome: mustLeave ? 'mustLeave' : 'mayStay', refusals: [first, ...rest] };
}

function explainFailedRequirement(failed: FailedRequirement): string {
  const wanted = formatRequirement(failed.requirement);
  const { key } = failed.requirement;
  if (failed.source === 'field') return `wants ${wanted}, node is ${failed.actual ?? 'unnamed'}`;
  return failed.actual === undefined
    ? `wants ${wanted}, node lacks ${key}`
    : `wants ${wanted}, node has ${key}=${failed.actual}`;
}

function explainTerm(term: TermFailure): string {
  switch (term.kind) {
    case 'empty':
      return 'is empty and selects no node';
    case 'invalid':
      return `cannot be read (${term.problem})`;
    case 'unmet':
      return term.failed.map(explainFailedRequirement).join(' and ');
    default:
      return assertNever(term);
  }
}

/** One refusal as a clause, without a capital or a full stop. */
export function explainRefusal(refusal: NodeRefusal): string {
  switch (refusal.kind) {
    case 'nodeName':
      return `nodeName wants ${refusal.wanted}`;
    case 'nodeSelector':
      return refusal.actual === undefined
        ? `nodeSelector wants ${refusal.key}=${refusal.wanted}, node lacks ${refusal.key}`
        : `nodeSelector wants ${refusal.key}=${refusal.wanted}, node has ${refusal.key}=${refusal.actual}`;
    case 'nodeAffinity': {
      const [only] = refusal.terms;
      if (only === undefined) return 'node affinity has no terms and selects no node';
      if (refusal.terms.length === 1) return `node affinity term ${explainTerm(only)}`;
      return `no node affinity term holds: ${refusal.terms.map((term) => `term ${term.index + 1} ${explainTerm(term)}`).join('; ')}`;
    }
    case 'taint':
      return `untolerated taint ${formatTaint(refusal.taint)}`;
    default:
      return assertNever(refusal);
  }
}

/** A verdict as one sentence for the user. */
export function explainVerdict(verdict: NodeVerdict): string {
  switch (verdict.outcome) {
    case 'shouldRun':
      return 'Runs a pod.';
    case 'mayStay':
      return `Gets no new pod, one that is there may stay: ${verdict.refusals.map(explainRefusal).join('; ')}.`;
    case 'mustLeave':
      return `Runs no pod: ${verdict.refusals.map(explainRefusal).join('; ')}.`;
    default:
      return assertNever(verdict);
  }
}
