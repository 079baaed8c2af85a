import type { Container, ContainerStatus, Pod, PodStatus } from '../objects.ts';
import { between } from '../random.ts';
import { environmentProblem } from './configuration.ts';
import { runningStatus, waitingStatus } from './container-status.ts';
import { type PodEvent, type Step, fieldPathOf, settle, startEvents, withAddress } from './pod-step.ts';

export const CONFIG_ERROR = 'CreateContainerConfigError';

export function lacksConfiguration(status: ContainerStatus | undefined): boolean {
  return status?.state.waiting?.reason === CONFIG_ERROR;
}

/** What is said of a container whose image is there and whose environment cannot be made. */
export function configErrorEvents(
  list: 'containers' | 'initContainers',
  container: Container,
  pulled: readonly PodEvent[],
  problem: string,
): readonly PodEvent[] {
  const fieldPath = fieldPathOf(list, container);
  const failed: PodEvent = { type: 'Warning', reason: 'Failed', message: `Error: ${problem}`, fieldPath };
  return [...pulled.filter(({ reason }) => reason === 'Pulled'), failed];
}

/** After a failed sync the pod worker waits this long, and half as long again at most (backOffPeriod, pkg/kubelet/kubelet.go, 1.37). */
export function configRetryMs(pod: Pod): number {
  return between(`${pod.metadata.uid}/config`, 10_000, 15_000);
}

/**
 * All containers start together, but those whose environment cannot be made: they wait, and are tried again. Without a readiness probe one is
 * ready at once.
 */
export function startStep(pod: Pod, isSlow: boolean): Step {
  const entries = pod.status.containerStatuses ?? [];
  const again = entries.some(lacksConfiguration);
  const delayMs = again ? configRetryMs(pod) : between(`${pod.metadata.uid}/start`, 350, 1_600);
  return {
    name: again ? 'start-again' : 'start',
    delayMs,
    apply: (nowMs, node) => {
      const starts = pod.spec.containers.map((container) => {
        const entry = entries.find(({ name }) => name === container.name);
        if (entry?.state.running !== undefined) return { status: entry, events: [] };
        const events = startEvents('containers', container, node, delayMs);
        const problem = environmentProblem(container, node.config);
        if (problem !== '') {
          const status = waitingStatus(container, CONFIG_ERROR, problem);
          return { status, events: configErrorEvents('containers', container, events, problem) };
        }
        const ready = container.readinessProbe === undefined && !isSlow;
        return { status: runningStatus({ pod, container, restartCount: 0, ready, startedAtMs: nowMs }), events };
      });
      const containerStatuses = starts.map(({ status }) => status);
      // Pending as long as one has never run (getPhase, pkg/kubelet/kubelet_pods.go, 1.37).
      const phase = containerStatuses.some(lacksConfiguration) ? 'Pending' : 'Running';
      const status: PodStatus = withAddress(pod, { ...pod.status, phase, containerStatuses }, node.hostIP);
      return { status: settle(pod, status, nowMs), events: starts.flatMap(({ events }) => events) };
    },
  };
}
