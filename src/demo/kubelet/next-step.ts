import type { Pod } from '../objects.ts';
import { between } from '../random.ts';
import { type Behaviour, behaviourOf } from './behaviour.ts';
import { type ConfigReader, volumeProblems } from './configuration.ts';
import { CRASH, type Crash, OUT_OF_MEMORY, crashStep, restartStep } from './crash-steps.ts';
import { initStep } from './init-step.ts';
import { mountFailureStep } from './mount-failure-step.ts';
import { type Step, admitStep, settle } from './pod-step.ts';
import { pullFailureStep } from './pull-failure-steps.ts';
import { startStep } from './start-step.ts';

const SLOW_START_MS = 20_000;
/** Ends that come before a readiness probe could succeed. */
const CRASHES: Readonly<Partial<Record<Behaviour, Crash>>> = { 'crash-loop': CRASH, 'out-of-memory': OUT_OF_MEMORY };

function readyStep(pod: Pod, behaviour: Behaviour): Step {
  const probes = pod.spec.containers.map((container) => container.readinessProbe?.initialDelaySeconds ?? 0);
  const probeMs = Math.max(0, ...probes) * 1000 + between(`${pod.metadata.uid}/ready`, 200, 1_200);
  return {
    name: 'ready',
    delayMs: behaviour === 'slow-start' ? Math.max(probeMs, SLOW_START_MS) : probeMs,
    apply: (nowMs) => {
      const containerStatuses = (pod.status.containerStatuses ?? []).map((entry) =>
        entry.state.running === undefined ? entry : { ...entry, ready: true },
      );
      return { status: settle(pod, { ...pod.status, containerStatuses }, nowMs), events: [] };
    },
  };
}

/** What a kubelet does next with a pod of its node; undefined when there is nothing to do. The pod's status says where it stands. */
export function nextStep(pod: Pod, nowMs: number, config: ConfigReader): Step | undefined {
  const statuses = pod.status.containerStatuses ?? [];
  const [container] = pod.spec.containers;
  const [first] = statuses;
  if (container === undefined) return undefined;
  if (first === undefined) return admitStep(pod);

  // Volumes come before the sandbox, and with it before the pod's address; once mounted they stay.
  const unmounted = pod.status.podIP === undefined ? volumeProblems(pod.spec, config) : [];
  if (unmounted.length > 0) return mountFailureStep(pod, unmounted, nowMs);

  const inits = pod.spec.initContainers ?? [];
  const pendingInit = (pod.status.initContainerStatuses ?? []).findIndex(
    (entry) => entry.state.terminated?.exitCode !== 0 && !entry.started,
  );
  const init = inits[pendingInit];
  if (init !== undefined) return initStep(pod, pendingInit, init);

  const behaviour = behaviourOf(pod);
  if (pod.status.phase === 'Pending') {
    return behaviour === 'image-pull-failure'
      ? pullFailureStep(pod, container, first.state.waiting?.reason ?? '', nowMs)
      : startStep(pod, behaviour === 'slow-start');
  }
  if (first.state.running === undefined) return restartStep(pod, container, first, nowMs);
  const crash = CRASHES[behaviour];
  if (crash !== undefined) return crashStep(pod, container, first, crash);
  return statuses.every((entry) => entry.ready) ? undefined : readyStep(pod, behaviour);
}
