import type { Container, ContainerStatus, Pod } from '../objects.ts';
import { between } from '../random.ts';
import { runningStatus, terminatedOf } from './container-status.ts';
import { type PodEvent, type Step, fieldPathOf, settle, startEvents } from './pod-step.ts';

const BACKOFF_BASE_S = 10;
const BACKOFF_MAX_S = 300;

/** The kubelet's wait before the next life: none after the first end, then 10 s doubling to 5 min. */
export function crashBackoffSeconds(restartCount: number): number {
  return restartCount === 0 ? 0 : Math.min(BACKOFF_BASE_S * 2 ** (restartCount - 1), BACKOFF_MAX_S);
}

function replaced(pod: Pod, next: ContainerStatus): Pod['status'] {
  const containerStatuses = (pod.status.containerStatuses ?? []).map((entry) =>
    entry.name === next.name ? next : entry,
  );
  return { ...pod.status, containerStatuses };
}

function podTitle(pod: Pod): string {
  return `${pod.metadata.name}_${pod.metadata.namespace}(${pod.metadata.uid})`;
}

/** How a life ends that does not last. */
export interface Crash {
  readonly exitCode: number;
  readonly reason: string;
}

export const CRASH: Crash = { exitCode: 1, reason: 'Error' };
/** The kernel's SIGKILL: 128 + 9. */
export const OUT_OF_MEMORY: Crash = { exitCode: 137, reason: 'OOMKilled' };

/** A container that crashes does so a few seconds after its start. */
export function crashStep(pod: Pod, container: Container, status: ContainerStatus, crash: Crash): Step {
  return {
    name: `crash/${status.restartCount}`,
    delayMs: between(`${pod.metadata.uid}/crash/${status.restartCount}`, 1_500, 3_500),
    apply: (nowMs) => {
      const terminated = terminatedOf(status, crash.exitCode, crash.reason, nowMs);
      const seconds = crashBackoffSeconds(status.restartCount);
      const stopped = { ...status, ready: false, started: false };
      if (seconds === 0) {
        return { status: settle(pod, replaced(pod, { ...stopped, state: { terminated } }), nowMs), events: [] };
      }
      const text = seconds >= 60 ? `${Math.floor(seconds / 60)}m${seconds % 60}s` : `${seconds}s`;
      const message = `back-off ${text} restarting failed container=${container.name} pod=${podTitle(pod)}`;
      const waiting = { reason: 'CrashLoopBackOff', message };
      const event: PodEvent = {
        type: 'Warning',
        reason: 'BackOff',
        message: `Back-off restarting failed container ${container.name} in pod ${podTitle(pod)}`,
        fieldPath: fieldPathOf('containers', container),
      };
      return {
        status: settle(pod, replaced(pod, { ...stopped, state: { waiting }, lastState: { terminated } }), nowMs),
        events: [event],
      };
    },
  };
}

/** The next life of a container that crashed. */
export function restartStep(
  pod: Pod,
  container: Container,
  status: ContainerStatus,
  askedAtMs: number,
): Step | undefined {
  const ended = status.state.terminated ?? status.lastState.terminated;
  if (ended === undefined) return undefined;
  const due = Date.parse(ended.finishedAt) + Math.max(1_000, crashBackoffSeconds(status.restartCount) * 1000);
  return {
    name: `restart/${status.restartCount}`,
    delayMs: Math.max(0, due - askedAtMs),
    apply: (nowMs, node) => {
      // A timer may be early; the former life has its second to the end, and no two lives share one.
      const startedAtMs = Math.max(nowMs, due);
      const restartCount = status.restartCount + 1;
      const lastState = { terminated: ended };
      const next = runningStatus({
        pod,
        container,
        restartCount,
        ready: container.readinessProbe === undefined,
        startedAtMs,
        lastState,
      });
      return {
        status: settle(pod, replaced(pod, next), startedAtMs),
        events: startEvents('containers', container, node, 0),
      };
    },
  };
}
