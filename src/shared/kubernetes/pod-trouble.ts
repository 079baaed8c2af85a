import type { PodRow } from './rows.ts';

/** A warning event about a pod or a DaemonSet, as far as a cause needs it. `lastSeen` in milliseconds since 1970. */
export interface CauseEvent {
  readonly reason: string;
  readonly message: string;
  readonly type: string;
  readonly involvedName: string;
  readonly lastSeen: number;
  readonly count: number;
}

/** Why one pod is not available. `failing`: it will not come right by waiting. */
export interface PodTrouble {
  readonly kind: 'failing' | 'pending' | 'notReady' | 'starting' | 'waitingMinReady' | 'terminating';
  readonly words: string;
}

const FAILING_WORDS: Readonly<Record<string, string>> = {
  CrashLoopBackOff: 'crash loop',
  ImagePullBackOff: 'image cannot be pulled',
  ErrImagePull: 'image cannot be pulled',
  ErrImageNeverPull: 'image is not on the node',
  ImageInspectError: 'image cannot be read',
  InvalidImageName: 'invalid image name',
  CreateContainerConfigError: 'container configuration error',
  CreateContainerError: 'container cannot be created',
  RunContainerError: 'container cannot be started',
  StartError: 'container cannot be started',
  ContainerCannotRun: 'container cannot be started',
  PostStartHookError: 'postStart hook fails',
  OOMKilled: 'out of memory',
  Error: 'exits with an error',
  Evicted: 'evicted',
  DeadlineExceeded: 'deadline exceeded',
};

const EVENT_WORDS: Readonly<Record<string, string>> = {
  FailedMount: 'volume cannot be mounted',
  FailedMapVolume: 'volume cannot be mounted',
  FailedAttachVolume: 'volume cannot be attached',
  FailedCreatePodSandBox: 'pod sandbox cannot be created',
  NetworkNotReady: 'network is not ready',
};

function failingWords(reason: string): string | undefined {
  const init = reason.startsWith('Init:');
  const bare = init ? reason.slice('Init:'.length) : reason;
  const words = Object.hasOwn(FAILING_WORDS, bare) ? FAILING_WORDS[bare] : exitWords(bare);
  return words === undefined ? undefined : init ? `init container: ${words}` : words;
}

function exitWords(reason: string): string | undefined {
  const [, kind, code] = /^(ExitCode|Signal):(\d+)$/.exec(reason) ?? [];
  if (kind === undefined || (kind === 'ExitCode' && code === '0')) return undefined;
  return kind === 'Signal' ? `killed by signal ${code}` : `exits with code ${code}`;
}

/**
 * The scheduler's message without what is true of every daemon pod: it is bound to one node by affinity, so all others "didn't
 * match". "0/24 nodes are available: 1 Insufficient memory, 23 node(s) didn't match…" is "insufficient memory".
 */
export function unschedulableWords(message: string): string {
  const after = message.replace(/^\d+\/\d+ nodes are available: ?/, '').split(/\.(?:\s|$)/)[0] ?? '';
  const reasons = after
    .split(/, (?=\d+ )/)
    .map((part) => part.replace(/^\d+ /, '').replace(/^node\(s\) /, ''))
    .filter(
      (part) =>
        part !== '' &&
        !/^(didn't|did not) (match|satisfy) (Pod's node affinity|plugin\(s\) \[NodeAffinity\])/.test(part),
    );
  if (reasons.length === 0) return 'not schedulable';
  return reasons.map((part) => part.charAt(0).toLowerCase() + part.slice(1)).join(', ');
}

/** The newest warning about a pod. */
export function newestEvent(pod: PodRow, events: readonly CauseEvent[]): CauseEvent | undefined {
  return events
    .filter((event) => event.involvedName === pod.name && event.type === 'Warning')
    .reduce<CauseEvent | undefined>(
      (best, event) => (best && best.lastSeen >= event.lastSeen ? best : event),
      undefined,
    );
}

function startingTrouble(pod: PodRow, event: CauseEvent | undefined): PodTrouble {
  const words =
    event === undefined || !Object.hasOwn(EVENT_WORDS, event.reason) ? undefined : EVENT_WORDS[event.reason];
  if (words !== undefined) return { kind: 'failing', words };
  return { kind: 'starting', words: pod.reason.startsWith('Init:') ? 'init containers run' : 'containers start' };
}

function notReadyTrouble(pod: PodRow, event: CauseEvent | undefined): PodTrouble {
  const crashed = pod.containers.find(
    (container) => !container.ready && container.restarts > 0 && container.kind !== 'init',
  );
  if (crashed !== undefined) return { kind: 'failing', words: 'restarts again and again' };
  if (event?.reason === 'Unhealthy') {
    const probe = /^(Readiness|Liveness|Startup) probe/.exec(event.message)?.[1]?.toLowerCase();
    return { kind: 'notReady', words: probe === undefined ? 'a probe fails' : `${probe} probe fails` };
  }
  return { kind: 'notReady', words: pod.reason === 'Running' || pod.reason === 'NotReady' ? 'not ready' : pod.reason };
}

/** Why a pod does not count as available at `now`, or undefined when it does (podutil.IsPodAvailable). */
export function podTrouble(
  pod: PodRow,
  events: readonly CauseEvent[],
  minReadySeconds: number,
  now: number,
): PodTrouble | undefined {
  if (pod.deletionTimestamp !== undefined) return { kind: 'terminating', words: 'terminating' };
  if (pod.ready) {
    const readyMs = pod.readySince === undefined ? 0 : now - Date.parse(pod.readySince);
    if (minReadySeconds === 0 || readyMs >= minReadySeconds * 1000) return undefined;
    return { kind: 'waitingMinReady', words: `ready for less than ${minReadySeconds} s` };
  }
  const failing = failingWords(pod.reason);
  if (failing !== undefined) return { kind: 'failing', words: failing };
  const event = newestEvent(pod, events);
  const unscheduled = pod.conditions.find(
    (condition) => condition.type === 'PodScheduled' && condition.status !== 'True',
  );
  if (unscheduled !== undefined) {
    if (unscheduled.reason === 'SchedulingGated') return { kind: 'pending', words: 'scheduling gated' };
    return { kind: 'pending', words: unschedulableWords(unscheduled.message ?? '') };
  }
  if (pod.phase === 'Failed') return { kind: 'failing', words: pod.reason };
  return pod.phase === 'Pending' ? startingTrouble(pod, event) : notReadyTrouble(pod, event);
}
