import { toTimestamp } from '../clock.ts';
import { containerIdOf } from '../kubelet/container-status.ts';
import { crashBackoffSeconds } from '../kubelet/crash-steps.ts';
import { settle } from '../kubelet/pod-step.ts';
import type { Pod } from '../objects.ts';

const RESTARTS = 6;

/** A running pod turned into one whose first container has crashed again and again, and waits for its next life. */
export function asCrashing(pod: Pod, nowMs: number): Pod {
  const [first, ...others] = pod.status.containerStatuses ?? [];
  if (first === undefined) return pod;
  const finishedAtMs = nowMs - 45_000;
  const title = `${pod.metadata.name}_${pod.metadata.namespace}(${pod.metadata.uid})`;
  const seconds = crashBackoffSeconds(RESTARTS);
  const message = `back-off ${Math.floor(seconds / 60)}m${seconds % 60}s restarting failed container=${first.name} pod=${title}`;
  const terminated = {
    exitCode: 1,
    reason: 'Error',
    startedAt: toTimestamp(finishedAtMs - 3000),
    finishedAt: toTimestamp(finishedAtMs),
    containerID: containerIdOf(pod.metadata.uid, first.name, RESTARTS),
  };
  const crashed = {
    ...first,
    ready: false,
    started: false,
    restartCount: RESTARTS,
    containerID: terminated.containerID,
    state: { waiting: { reason: 'CrashLoopBackOff', message } },
    lastState: { terminated },
  };
  return { ...pod, status: settle(pod, { ...pod.status, containerStatuses: [crashed, ...others] }, finishedAtMs) };
}
