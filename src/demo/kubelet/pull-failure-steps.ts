import type { Container, Pod } from '../objects.ts';
import { missingPullSecrets } from './configuration.ts';
import { waitingStatus } from './container-status.ts';
import { type NodeSide, type Outcome, type PodEvent, type Step, fieldPathOf, settle, withAddress } from './pod-step.ts';

function notFound(image: string): string {
  const full = image.includes(':') ? image : `${image}:latest`;
  return `rpc error: code = NotFound desc = failed to pull and unpack image "${full}": failed to resolve reference "${full}": ${full}: not found`;
}

/** The pod's sandbox, and with it its address, is there before any image is looked for. */
function waiting(
  pod: Pod,
  container: Container,
  reason: string,
  message: string,
  nowMs: number,
  node: NodeSide,
): Outcome['status'] {
  const next = waitingStatus(container, reason, message);
  const containerStatuses = (pod.status.containerStatuses ?? []).map((entry) =>
    entry.name === container.name ? next : entry,
  );
  return settle(pod, withAddress(pod, { ...pod.status, containerStatuses }, node.hostIP), nowMs);
}

/** A pull secret that is not there hinders nobody, but is named when a pull fails (kubelet.go SyncPod, 1.37). */
function pullSecretEvents(pod: Pod, node: NodeSide): readonly PodEvent[] {
  const missing = missingPullSecrets(pod.spec, node.config);
  if (missing.length === 0) return [];
  const message = `Unable to retrieve some image pull secrets (${missing.join(', ')}); attempting to pull the image may not succeed.`;
  return [{ type: 'Warning', reason: 'FailedToRetrieveImagePullSecret', message }];
}

function pullFails(pod: Pod, container: Container, name: string, delayMs: number): Step {
  const failure = notFound(container.image);
  const fieldPath = fieldPathOf('containers', container);
  const events: readonly PodEvent[] = [
    { type: 'Warning', reason: 'Failed', message: `Failed to pull image "${container.image}": ${failure}`, fieldPath },
    { type: 'Warning', reason: 'Failed', message: 'Error: ErrImagePull', fieldPath },
  ];
  return {
    name,
    delayMs,
    apply: (nowMs, node) => ({
      status: waiting(pod, container, 'ErrImagePull', failure, nowMs, node),
      events: [...events, ...pullSecretEvents(pod, node)],
    }),
  };
}

function backsOff(pod: Pod, container: Container): Step {
  const fieldPath = fieldPathOf('containers', container);
  const events: readonly PodEvent[] = [
    { type: 'Normal', reason: 'BackOff', message: `Back-off pulling image "${container.image}"`, fieldPath },
    { type: 'Warning', reason: 'Failed', message: 'Error: ImagePullBackOff', fieldPath },
  ];
  const message = `Back-off pulling image "${container.image}": ErrImagePull: ${notFound(container.image)}`;
  return {
    name: 'pull-back-off',
    delayMs: 1_000,
    apply: (nowMs, node) => ({ status: waiting(pod, container, 'ImagePullBackOff', message, nowMs, node), events }),
  };
}

/** An image that the node has not, and that no one may fetch: the kubelet looks again and again (images/image_manager.go, 1.37). */
function neverPulled(pod: Pod, container: Container, delayMs: number): Step {
  const message = `Container image "${container.image}" is not present with pull policy of Never`;
  const fieldPath = fieldPathOf('containers', container);
  const events: readonly PodEvent[] = [
    { type: 'Warning', reason: 'ErrImageNeverPull', message, fieldPath },
    { type: 'Warning', reason: 'Failed', message: 'Error: ErrImageNeverPull', fieldPath },
  ];
  return {
    name: 'never-pull',
    delayMs,
    apply: (nowMs, node) => ({ status: waiting(pod, container, 'ErrImageNeverPull', message, nowMs, node), events }),
  };
}

/** A pull that fails, waits and fails again; the waits grow with the pod's age, to 5 min. */
export function pullFailureStep(pod: Pod, container: Container, reason: string, nowMs: number): Step {
  if (container.imagePullPolicy === 'Never')
    return neverPulled(pod, container, reason === 'ErrImageNeverPull' ? 12_000 : 900);
  if (reason === 'ErrImagePull') return backsOff(pod, container);
  if (reason !== 'ImagePullBackOff') return pullFails(pod, container, 'pull', 900);
  const ageMs = nowMs - Date.parse(pod.status.startTime ?? pod.metadata.creationTimestamp);
  return pullFails(pod, container, 'pull-again', Math.min(300_000, Math.max(10_000, ageMs)));
}
