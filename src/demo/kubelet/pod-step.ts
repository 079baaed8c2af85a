import { toTimestamp } from '../clock.ts';
import type { Container, Pod, PodStatus } from '../objects.ts';
import { between } from '../random.ts';
import type { ConfigReader } from './configuration.ts';
import { waitingStatus } from './container-status.ts';
import { withKubeletConditions } from './pod-conditions.ts';

export interface PodEvent {
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
  readonly fieldPath?: string;
}

export interface Outcome {
  readonly status: PodStatus;
  readonly events: readonly PodEvent[];
}

export interface NodeSide {
  readonly hostIP: string;
  /** Whether the node has an image already. */
  hasImage(image: string): boolean;
  readonly config: ConfigReader;
}

/** What a kubelet does next with a pod. Two steps of one name are the same step: its timer goes on. */
export interface Step {
  readonly name: string;
  readonly delayMs: number;
  readonly apply: (nowMs: number, node: NodeSide) => Outcome;
}

export function fieldPathOf(list: 'containers' | 'initContainers', container: Container): string {
  return `spec.${list}{${container.name}}`;
}

/** A status with its conditions worked out from its containers. */
export function settle(pod: Pod, status: PodStatus, nowMs: number): PodStatus {
  const inits = status.initContainerStatuses ?? [];
  const uninitialized = inits
    .filter((init) => init.state.terminated?.exitCode !== 0 && !init.started)
    .map((init) => init.name);
  const containers = status.containerStatuses ?? [];
  const unready = pod.spec.containers
    .map((container) => container.name)
    .filter((name) => containers.find((entry) => entry.name === name)?.ready !== true);
  const facts = {
    sandboxReady: status.podIP !== undefined,
    initialized: uninitialized.length === 0,
    unready,
    uninitialized,
  };
  return withKubeletConditions(status, { ...facts, at: toTimestamp(nowMs) });
}

function podIpOf(pod: Pod, hostIP: string): string {
  if (pod.spec.hostNetwork === true) return hostIP;
  const [, , third = '0', fourth = '0'] = hostIP.split('.');
  // One /24 of pod addresses for each node, as its podCIDR has it.
  return `10.${128 + (Number(third) % 64)}.${fourth}.${between(`${pod.metadata.uid}/ip`, 2, 254)}`;
}

export function withAddress(pod: Pod, status: PodStatus, hostIP: string): PodStatus {
  const podIP = podIpOf(pod, hostIP);
  return { ...status, podIP, podIPs: [{ ip: podIP }] };
}

/** The kubelet takes the pod: every container waits. */
export function admitStep(pod: Pod): Step {
  return {
    name: 'admit',
    delayMs: between(`${pod.metadata.uid}/admit`, 60, 250),
    apply: (nowMs, node) => {
      const inits = pod.spec.initContainers ?? [];
      const reason = inits.length > 0 ? 'PodInitializing' : 'ContainerCreating';
      const status: PodStatus = {
        ...pod.status,
        hostIP: node.hostIP,
        hostIPs: [{ ip: node.hostIP }],
        startTime: toTimestamp(nowMs),
        ...(inits.length === 0
          ? {}
          : { initContainerStatuses: inits.map((container) => waitingStatus(container, reason)) }),
        containerStatuses: pod.spec.containers.map((container) => waitingStatus(container, reason)),
      };
      const events = [...inits, ...pod.spec.containers]
        .filter((container) => !node.hasImage(container.image))
        .map((container): PodEvent => {
          const list = inits.includes(container) ? 'initContainers' : 'containers';
          const message = `Pulling image "${container.image}"`;
          return { type: 'Normal', reason: 'Pulling', message, fieldPath: fieldPathOf(list, container) };
        });
      return { status: settle(pod, status, nowMs), events };
    },
  };
}

export function startEvents(
  list: 'containers' | 'initContainers',
  container: Container,
  node: NodeSide,
  tookMs: number,
): readonly PodEvent[] {
  const seconds = (tookMs / 1000).toFixed(3).replace(/0+$/, '').replace(/\.$/, '');
  const bytes = between(container.image, 12_000_000, 190_000_000);
  const pulled = node.hasImage(container.image)
    ? `Container image "${container.image}" already present on machine and can be accessed by the pod`
    : `Successfully pulled image "${container.image}" in ${seconds}s (${seconds}s including waiting). Image size: ${bytes} bytes.`;
  const messages: readonly (readonly [string, string])[] = [
    ['Pulled', pulled],
    ['Created', `Container created`],
    ['Started', `Container started`],
  ];
  return messages.map(([reason, message]) => ({
    type: 'Normal',
    reason,
    message,
    fieldPath: fieldPathOf(list, container),
  }));
}
