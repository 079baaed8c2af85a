import { toTimestamp } from '../clock.ts';
import { runningStatus } from '../kubelet/container-status.ts';
import { withCondition } from '../kubelet/pod-conditions.ts';
import { settle, withAddress } from '../kubelet/pod-step.ts';
import type { Container, ContainerStatus, Pod } from '../objects.ts';
import { fraction } from '../random.ts';

/** About one pod in fifteen was restarted once since it began. */
const RESTARTED = 0.07;

function completed(pod: Pod, container: Container, atMs: number): ContainerStatus {
  const running = runningStatus({ pod, container, restartCount: 0, ready: true, startedAtMs: atMs });
  const times = { startedAt: toTimestamp(atMs), finishedAt: toTimestamp(atMs + 1000) };
  return {
    ...running,
    started: false,
    state: { terminated: { exitCode: 0, reason: 'Completed', containerID: running.containerID ?? '', ...times } },
  };
}

function running(pod: Pod, container: Container, startedAtMs: number, nowMs: number): ContainerStatus {
  const share = fraction(`${pod.metadata.uid}/${container.name}/restarted`);
  const first = runningStatus({ pod, container, restartCount: 0, ready: true, startedAtMs });
  if (share >= RESTARTED || nowMs - startedAtMs < 3_600_000) return first;
  const endedAtMs = startedAtMs + (nowMs - startedAtMs) * (share / RESTARTED) * 0.9;
  const terminated = {
    exitCode: 137,
    reason: 'OOMKilled',
    startedAt: toTimestamp(startedAtMs),
    finishedAt: toTimestamp(endedAtMs),
    containerID: first.containerID ?? '',
  };
  return runningStatus({
    pod,
    container,
    restartCount: 1,
    ready: true,
    startedAtMs: endedAtMs + 2000,
    lastState: { terminated },
  });
}

/** A pod that was bound to its node and has been running since soon after its creation. */
export function asRunning(pod: Pod, nodeName: string, hostIP: string, nowMs: number): Pod {
  const createdAtMs = Date.parse(pod.metadata.creationTimestamp);
  const startedAtMs = createdAtMs + 3000;
  const inits = pod.spec.initContainers ?? [];
  const scheduled = withCondition(pod.status, {
    type: 'PodScheduled',
    status: 'True',
    lastTransitionTime: toTimestamp(createdAtMs),
    observedGeneration: 1,
  });
  const status = withAddress(
    pod,
    {
      ...scheduled,
      phase: 'Running',
      hostIP,
      hostIPs: [{ ip: hostIP }],
      startTime: toTimestamp(createdAtMs),
      ...(inits.length === 0
        ? {}
        : { initContainerStatuses: inits.map((container) => completed(pod, container, createdAtMs + 1000)) }),
      containerStatuses: pod.spec.containers.map((container) => running(pod, container, startedAtMs, nowMs)),
    },
    hostIP,
  );
  return { ...pod, spec: { ...pod.spec, nodeName }, status: settle(pod, status, startedAtMs + 2000) };
}
