import { assertNever } from '../errors/assert-never.ts';
import { newestEvent, podTrouble, unschedulableWords, type CauseEvent } from './pod-trouble.ts';
import { isAvailable, nodeOf, type NodePods } from './rollout-nodes.ts';
import type { ContainerRow, DaemonSetRow, NodeRow, PodRow } from './rows.ts';

/** Why a rollout waits for one pod or node. */
export type WaitCause =
  | { readonly kind: 'imagePull'; readonly container: string; readonly reason: string; readonly image?: string }
  /** Its former run has a log that tells more. */
  | { readonly kind: 'crash'; readonly container: string; readonly exitCode?: number; readonly restarts: number }
  /** Another state that does not come right by waiting. */
  | { readonly kind: 'failing'; readonly words: string }
  | { readonly kind: 'unschedulable'; readonly words: string; readonly message?: string }
  | { readonly kind: 'nodeNotReady' }
  /** The containers run, and these are not ready. */
  | { readonly kind: 'probe'; readonly containers: readonly string[]; readonly words?: string }
  | { readonly kind: 'minReady'; readonly secondsLeft: number }
  | { readonly kind: 'starting'; readonly words: string }
  | { readonly kind: 'terminating' };

export interface RolloutWait {
  readonly pod: PodRow;
  readonly nodeName?: string;
  readonly isOld: boolean;
  readonly cause: WaitCause;
  /** The newest warning about the pod, where its status does not say as much. */
  readonly event?: CauseEvent;
}

export interface WaitsInput {
  readonly row: DaemonSetRow;
  readonly nodes: readonly NodePods[];
  /** Pods that no node is known of. */
  readonly placeless: readonly PodRow[];
  /** Where nodes may not be read, none is said to be not ready. */
  readonly nodeRows: readonly NodeRow[];
  readonly events: readonly CauseEvent[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** The first need a person, the last only time. */
const ORDER: readonly WaitCause['kind'][] = [
  'crash',
  'imagePull',
  'failing',
  'unschedulable',
  'nodeNotReady',
  'probe',
  'starting',
  'minReady',
  'terminating',
];
/** Their status is a word such as ContainerCreating; why it lasts stands in an event. */
const TOLD_BY_EVENTS: ReadonlySet<WaitCause['kind']> = new Set([
  'imagePull',
  'failing',
  'unschedulable',
  'probe',
  'starting',
]);
const PULLS: ReadonlySet<string> = new Set([
  'ImagePullBackOff',
  'ErrImagePull',
  'ErrImageNeverPull',
  'ImageInspectError',
  'InvalidImageName',
]);

/** Every pod that a rollout waits for, the worst first, then by node. Old pods that serve are not waited for. */
export function rolloutWaits({ row, nodes, placeless, nodeRows, events, now }: WaitsInput): readonly RolloutWait[] {
  const notReady = new Set(nodeRows.filter((node) => !node.ready).map((node) => node.name));
  const serves = (pod: PodRow) => isAvailable(pod, row.minReadySeconds, now);
  const about = (pod: PodRow, isOld: boolean): RolloutWait => {
    const nodeName = nodeOf(pod);
    const isNodeDown = nodeName !== undefined && notReady.has(nodeName);
    const cause = waitCause(row, pod, { isOld, isNodeDown, events, now });
    const event = TOLD_BY_EVENTS.has(cause.kind) ? newestEvent(pod, events) : undefined;
    return { pod, ...(nodeName === undefined ? {} : { nodeName }), isOld, cause, ...(event && { event }) };
  };
  const waits = nodes.flatMap(({ newPods, oldPods, leavingPods }) => [
    ...newPods.filter((pod) => !serves(pod)).map((pod) => about(pod, false)),
    ...oldPods.filter((pod) => !serves(pod)).map((pod) => about(pod, true)),
    // A new pod that is there says more about the node than the old one that goes.
    ...(newPods.length > 0 ? [] : leavingPods.map((pod) => about(pod, true))),
  ]);
  const rank = ({ cause }: RolloutWait) => ORDER.indexOf(cause.kind);
  return [...waits, ...placeless.map((pod) => about(pod, false))].toSorted(
    (a, b) => rank(a) - rank(b) || ((a.nodeName ?? a.pod.name) < (b.nodeName ?? b.pod.name) ? -1 : 1),
  );
}

interface PodFacts {
  readonly isOld: boolean;
  readonly isNodeDown: boolean;
  readonly events: readonly CauseEvent[];
  readonly now: number;
}

function waitCause(row: DaemonSetRow, pod: PodRow, { isOld, isNodeDown, events, now }: PodFacts): WaitCause {
  if (isNodeDown) return { kind: 'nodeNotReady' };
  const trouble = podTrouble(pod, events, row.minReadySeconds, now) ?? { kind: 'starting', words: 'containers start' };
  switch (trouble.kind) {
    case 'terminating':
      return { kind: 'terminating' };
    case 'waitingMinReady': {
      const readyAt = pod.readySince === undefined ? now : Date.parse(pod.readySince);
      return { kind: 'minReady', secondsLeft: Math.max(0, Math.ceil((readyAt - now) / 1000 + row.minReadySeconds)) };
    }
    case 'failing':
      return failingCause(pod, isOld ? [] : row.images, trouble.words);
    case 'pending': {
      const message = pod.conditions.find(({ type }) => type === 'PodScheduled')?.message;
      return { kind: 'unschedulable', words: trouble.words, ...(message === undefined ? {} : { message }) };
    }
    case 'notReady':
      return probeCause(pod, trouble.words);
    case 'starting':
      return { kind: 'starting', words: trouble.words };
    default:
      return assertNever(trouble.kind);
  }
}

function failingCause(pod: PodRow, images: readonly string[], words: string): WaitCause {
  const unpulled = pod.containers.find(({ state }) => PULLS.has(state));
  if (unpulled !== undefined) {
    const image = imageOf(pod, unpulled, images);
    return {
      kind: 'imagePull',
      container: unpulled.name,
      reason: unpulled.state,
      ...(image === undefined ? {} : { image }),
    };
  }
  const crashed = pod.containers.find(({ ready, lastExitCode, kind, restarts, state }) => {
    if (ready || lastExitCode === undefined) return false;
    return kind !== 'init' || lastExitCode !== 0 ? restarts > 0 || state !== 'running' : false;
  });
  if (crashed === undefined) return { kind: 'failing', words };
  const { name: container, lastExitCode, restarts } = crashed;
  return { kind: 'crash', container, restarts, ...(lastExitCode === undefined ? {} : { exitCode: lastExitCode }) };
}

/** The template's image of a pod's container: a row lists workers before init containers, a pod's containers the other way round. */
function imageOf(pod: PodRow, container: ContainerRow, images: readonly string[]): string | undefined {
  const workers = pod.containers.filter(({ kind }) => kind === 'worker');
  const inits = pod.containers.filter(({ kind }) => kind !== 'worker');
  return images[[...workers, ...inits].indexOf(container)];
}

function probeCause(pod: PodRow, words: string): WaitCause {
  const containers = pod.containers.filter(
    ({ ready, state, kind }) => !ready && state === 'running' && kind !== 'init',
  );
  const gate = pod.conditions.find(({ type, status }) => status !== 'True' && type.includes('/'));
  if (containers.length === 0 && gate)
    return { kind: 'probe', containers: [], words: `readiness gate ${gate.type} is not met` };
  const isPlain = words === 'not ready';
  return { kind: 'probe', containers: containers.map(({ name }) => name), ...(isPlain ? {} : { words }) };
}

/** A cause as a clause without a full stop: `container "main" exits with code 1`. */
export function waitWords(cause: WaitCause): string {
  switch (cause.kind) {
    case 'imagePull': {
      const what = cause.image === undefined ? `the image of container "${cause.container}"` : cause.image;
      return `${what} cannot be pulled (${cause.reason})`;
    }
    case 'crash': {
      const how = cause.exitCode === undefined ? 'crashes' : `exits with code ${cause.exitCode}`;
      return `container "${cause.container}" ${how}${cause.restarts > 0 ? `, ${cause.restarts} ${cause.restarts === 1 ? 'restart' : 'restarts'}` : ''}`;
    }
    case 'failing':
      return cause.words;
    case 'unschedulable':
      return `pending: ${cause.message === undefined ? cause.words : unschedulableWords(cause.message)}`;
    case 'nodeNotReady':
      return 'the node is not ready';
    case 'probe':
      return cause.words ?? probeWords(cause.containers);
    case 'minReady':
      return `ready, counts as available in ${cause.secondsLeft} s (minReadySeconds)`;
    case 'starting':
      return cause.words;
    case 'terminating':
      return 'the old pod is being terminated';
    default:
      return assertNever(cause);
  }
}

function probeWords(containers: readonly string[]): string {
  if (containers.length === 0) return 'not ready';
  const names = containers.map((name) => `"${name}"`).join(', ');
  return `${containers.length === 1 ? 'container' : 'containers'} ${names} ${containers.length === 1 ? 'runs' : 'run'}, but no probe has found ${containers.length === 1 ? 'it' : 'them'} ready`;
}
