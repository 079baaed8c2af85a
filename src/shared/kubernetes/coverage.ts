import { assertNever } from '../errors/assert-never.ts';
import type { CreateFailures } from './create-failures.ts';
import { explainRefusal, type NodeFacts, type NodeVerdict, nodeVerdict, type PodPlacement } from './node-coverage.ts';
import { podTrouble, type PodTrouble } from './pod-trouble.ts';
import type { NodeRow, PodRow } from './rows.ts';
import type { Taint, TaintEffect } from './toleration.ts';

/** "Runs" is the controller's scheduled: a pod is there, be it pending. */
export type NodeClass = 'runs' | 'shouldRunAndDoesNot' | 'runsAndShouldNot' | 'excluded';

export interface NodePod {
  readonly pod: PodRow;
  readonly state: 'ready' | PodTrouble['kind'];
  /** Why it is not ready, the scheduler's own message where it is pending; absent when it is ready. */
  readonly words?: string;
  /** Of another revision than the current one; false where either is not known. */
  readonly isOld: boolean;
}

/** One word for a node, the worst first: that of its first pod where one runs that should. */
export const NODE_STATES = [
  'failing',
  'missing',
  'pending',
  'notReady',
  'extra',
  'starting',
  'terminating',
  'ready',
  'excluded',
] as const;
export type NodeState = (typeof NODE_STATES)[number];

export interface NodeCoverage {
  readonly node: NodeRow;
  readonly nodeClass: NodeClass;
  readonly verdict: NodeVerdict;
  /** As the controller sorts them: the first is the one that status counts. */
  readonly pods: readonly NodePod[];
  readonly state: NodeState;
  /** Its first pod is of an older revision. */
  readonly isOld: boolean;
  /** Why it is in this state, as a clause without a full stop; absent where it runs a ready pod. */
  readonly why?: string;
}

export interface Coverage {
  /** One for each node, in their order. */
  readonly nodes: readonly NodeCoverage[];
  /** Pods that belong to no node of the list. */
  readonly elsewhere: readonly PodRow[];
}

export interface CoverageInput {
  readonly placement: PodPlacement;
  readonly nodes: readonly NodeRow[];
  /** The DaemonSet's own pods. */
  readonly pods: readonly PodRow[];
  /** Label controller-revision-hash of the current revision. */
  readonly currentHash?: string | undefined;
  readonly minReadySeconds: number;
  /** What the DaemonSet's own events say of pods that could not be made. */
  readonly failures?: CreateFailures;
  /** Milliseconds since 1970. */
  readonly now: number;
}

const EFFECTS: readonly TaintEffect[] = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

/** What of a node decides; a taint of an effect that is not known decides nothing. */
export function nodeFacts({ name, labels, taints }: NodeRow): NodeFacts {
  const known = taints.flatMap(({ key, value, effect }): Taint[] => {
    const found = EFFECTS.find((each) => each === effect);
    return found === undefined ? [] : [{ key, effect: found, ...(value === undefined ? {} : { value }) }];
  });
  return { name, labels, taints: known };
}

function nodeClass(verdict: NodeVerdict, hasPod: boolean): NodeClass {
  if (verdict.outcome === 'shouldRun') return hasPod ? 'runs' : 'shouldRunAndDoesNot';
  return hasPod ? 'runsAndShouldNot' : 'excluded';
}

/** The node that a pod is on, or that the controller's affinity names (util.GetTargetNodeName). */
function targetOf(pod: PodRow): string {
  return pod.nodeName ?? pod.targetNodeName ?? '';
}

function isCounted(pod: PodRow): boolean {
  // getNodesToDaemonPods leaves out what has ended and is being deleted.
  return pod.deletionTimestamp === undefined || (pod.phase !== 'Succeeded' && pod.phase !== 'Failed');
}

/** podByCreationTimestampAndPhase: scheduled ones first, then the oldest. */
function byAge(a: PodRow, b: PodRow): number {
  return (
    Number(a.nodeName === undefined) - Number(b.nodeName === undefined) ||
    Date.parse(a.creationTimestamp) - Date.parse(b.creationTimestamp) ||
    (a.name < b.name ? -1 : 1)
  );
}

function nodePod(pod: PodRow, { currentHash, minReadySeconds, now }: CoverageInput): NodePod {
  const isOld = currentHash !== undefined && pod.revisionHash !== undefined && pod.revisionHash !== currentHash;
  const trouble = podTrouble(pod, [], minReadySeconds, now);
  if (trouble === undefined) return { pod, state: 'ready', isOld };
  const scheduler = pod.conditions.find(({ type, status }) => type === 'PodScheduled' && status === 'False')?.message;
  const words = trouble.kind === 'pending' ? (scheduler ?? trouble.words) : trouble.words;
  return { pod, state: trouble.kind, words, isOld };
}

type Place = Pick<NodeCoverage, 'node' | 'nodeClass' | 'verdict' | 'pods'>;

function stateOf(
  { node, nodeClass: found, verdict, pods: [first] }: Place,
  failures: CreateFailures | undefined,
): Pick<NodeCoverage, 'state' | 'why'> {
  const against = refusalWords(verdict) ?? '';
  switch (found) {
    case 'runs':
      return first === undefined ? { state: 'missing' } : podState(first);
    case 'shouldRunAndDoesNot':
      return { state: 'missing', why: missingWords(node, failures) };
    case 'runsAndShouldNot':
      return {
        state: 'extra',
        why: `${against}; ${verdict.outcome === 'mayStay' ? 'its pod may stay' : 'its pod is to go'}`,
      };
    case 'excluded':
      return { state: 'excluded', why: against };
    default:
      return assertNever(found);
  }
}

function podState({ state, words }: NodePod): Pick<NodeCoverage, 'state' | 'why'> {
  return { state: state === 'waitingMinReady' ? 'starting' : state, ...(words === undefined ? {} : { why: words }) };
}

/** Of a node that should have a pod and has none, where nothing says why. */
export const NO_POD_WORDS = 'it has no pod yet, and no event of the DaemonSet says why';

function missingWords({ name }: NodeRow, failures: CreateFailures | undefined): string {
  if (failures?.failedNodes.has(name) === true) return 'its pod failed, and is made again after a pause that grows';
  return failures?.words ?? NO_POD_WORDS;
}

/**
 * Where a DaemonSet's pods are and should be. For what the controller observed, the classes count up to its status; it counts a node that
 * got a taint under which its pod may stay only at its next sync (syncNodeUpdate, pkg/controller/daemon/daemon_controller.go, 1.37).
 */
export function coverageOf(input: CoverageInput): Coverage {
  const names = new Set(input.nodes.map(({ name }) => name));
  const podsOf = Map.groupBy(input.pods.filter(isCounted), targetOf);
  return {
    nodes: input.nodes.map((node) => {
      const verdict = nodeVerdict(input.placement, nodeFacts(node));
      const pods = (podsOf.get(node.name) ?? []).toSorted(byAge).map((pod) => nodePod(pod, input));
      const place = { node, verdict, pods, nodeClass: nodeClass(verdict, pods.length > 0) };
      return { ...place, isOld: pods[0]?.isOld ?? false, ...stateOf(place, input.failures) };
    }),
    elsewhere: input.pods.filter((pod) => isCounted(pod) && !names.has(targetOf(pod))),
  };
}

export function classCounts({ nodes }: Coverage): Readonly<Record<NodeClass, number>> {
  const counts = { runs: 0, shouldRunAndDoesNot: 0, runsAndShouldNot: 0, excluded: 0 };
  for (const entry of nodes) counts[entry.nodeClass] += 1;
  return counts;
}

/** What stands against a node, or undefined when nothing does. */
export function refusalWords(verdict: NodeVerdict): string | undefined {
  return verdict.outcome === 'shouldRun' ? undefined : verdict.refusals.map(explainRefusal).join('; ');
}
