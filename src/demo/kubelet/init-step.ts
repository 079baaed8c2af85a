import { toTimestamp } from '../clock.ts';
import type { Container, ContainerStatus, Pod } from '../objects.ts';
import { between } from '../random.ts';
import { environmentProblem } from './configuration.ts';
import { runningStatus, waitingStatus } from './container-status.ts';
import { type NodeSide, type Outcome, type Step, settle, startEvents, withAddress } from './pod-step.ts';
import { CONFIG_ERROR, configErrorEvents, configRetryMs, lacksConfiguration } from './start-step.ts';

/** The outcome of an init container's next status. */
function outcome(
  pod: Pod,
  index: number,
  next: ContainerStatus,
  events: Outcome['events'],
  nowMs: number,
  node: NodeSide,
): Outcome {
  const initContainerStatuses = (pod.status.initContainerStatuses ?? []).map((entry, at) =>
    at === index ? next : entry,
  );
  const status = withAddress(pod, { ...pod.status, initContainerStatuses }, node.hostIP);
  return { status: settle(pod, status, nowMs), events };
}

/** One init container runs to its end, or, as a sidecar (restartPolicy Always), starts and stays. */
export function initStep(pod: Pod, index: number, container: Container): Step {
  const again = lacksConfiguration(pod.status.initContainerStatuses?.[index]);
  const tookMs = between(`${pod.metadata.uid}/init/${index}`, 150, 600);
  return {
    name: again ? `init-again/${index}` : `init/${index}`,
    delayMs: again ? configRetryMs(pod) : tookMs,
    apply: (nowMs, node) => {
      const events = startEvents('initContainers', container, node, tookMs);
      const problem = environmentProblem(container, node.config);
      if (problem !== '') {
        const waiting = waitingStatus(container, CONFIG_ERROR, problem);
        const said = configErrorEvents('initContainers', container, events, problem);
        return outcome(pod, index, waiting, said, nowMs, node);
      }
      const running = runningStatus({ pod, container, restartCount: 0, ready: true, startedAtMs: nowMs - tookMs });
      const { containerID = '' } = running;
      const times = { startedAt: toTimestamp(nowMs - tookMs), finishedAt: toTimestamp(nowMs) };
      const ended: ContainerStatus = {
        ...running,
        started: false,
        state: { terminated: { exitCode: 0, reason: 'Completed', containerID, ...times } },
      };
      return outcome(pod, index, container.restartPolicy === 'Always' ? running : ended, events, nowMs, node);
    },
  };
}
