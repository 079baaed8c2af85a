import { at, type JsonObject, objectsAt, text, textAt } from './json-fields.ts';
import { parseQuantity, quantityToNumber } from './quantity.ts';

/** What one pod or one container used, as an average over a short window. */
export interface Usage {
  readonly name: string;
  /** Cores. */
  readonly cpu: number;
  /** Bytes: the working set. */
  readonly memory: number;
}

/** What metrics.k8s.io said at one time. */
export interface UsageSample {
  /** Milliseconds since 1970: the newest of the pods' own times; 0 when it says nothing of any pod. */
  readonly time: number;
  readonly pods: readonly Usage[];
}

/** A PodMetricsList of metrics.k8s.io/v1beta1. Never throws on odd objects. */
export function usageSample(list: JsonObject): UsageSample {
  const items = objectsAt(list, 'items');
  const times = items.map(({ timestamp }) => Date.parse(text(timestamp))).filter(Number.isFinite);
  return { time: times.reduce((newest, time) => Math.max(newest, time), 0), pods: items.map(podUsage) };
}

/** The sum of its containers. */
function podUsage(metrics: JsonObject): Usage {
  const containers = containerUsages(metrics);
  return {
    name: text(at(metrics, 'metadata', 'name')),
    cpu: containers.reduce((sum, { cpu }) => sum + cpu, 0),
    memory: containers.reduce((sum, { memory }) => sum + memory, 0),
  };
}

function containerUsages(metrics: JsonObject): readonly Usage[] {
  return objectsAt(metrics, 'containers').map((container) => ({
    name: textAt(container, 'name') ?? '',
    cpu: amount(at(container, 'usage', 'cpu')),
    memory: amount(at(container, 'usage', 'memory')),
  }));
}

/** A PodMetrics as a sample of its containers. */
export function containerSample(metrics: JsonObject): UsageSample {
  const time = Date.parse(text(metrics['timestamp']));
  return { time: Number.isFinite(time) ? time : 0, pods: containerUsages(metrics) };
}

function amount(quantity: unknown): number {
  const parsed = parseQuantity(text(quantity));
  return parsed === undefined ? 0 : quantityToNumber(parsed);
}

/** The longest base of generated names (apiserver pkg/storage/names, 1.37). */
const GENERATED_BASE = 58;
const RANDOM_LENGTH = 5;

/** Whether the daemon controller gives such a name to a pod of this DaemonSet (generateName, then five characters). */
export function isPodNameOf(daemonSetName: string, podName: string): boolean {
  return podName.slice(0, -RANDOM_LENGTH) === `${daemonSetName}-`.slice(0, GENERATED_BASE);
}

/** Requests and limits of a pod's long-running containers together; absent where none of them, or not each of them, has one. */
export interface UsageBounds {
  readonly request?: number;
  readonly limit?: number;
}

/**
 * CPU in cores or memory in bytes. A container without a limit leaves the pod without one; one without a request asks for
 * nothing. Resources of the pod itself go before those of its containers (PodLevelResources).
 */
export function usageBounds(podSpec: JsonObject, resource: 'cpu' | 'memory'): UsageBounds {
  const containers = [
    ...objectsAt(podSpec, 'containers'),
    ...objectsAt(podSpec, 'initContainers').filter(({ restartPolicy }) => restartPolicy === 'Always'),
  ];
  const own = (list: 'requests' | 'limits') => quantityOf(at(podSpec, 'resources', list, resource));
  const each = (list: 'requests' | 'limits') =>
    containers.map((container) => quantityOf(at(container, 'resources', list, resource)));
  const requests = each('requests').filter((value) => value !== undefined);
  const limits = each('limits');
  const request = own('requests') ?? (requests.length === 0 ? undefined : sum(requests));
  const limit = own('limits') ?? (limits.length === 0 || limits.includes(undefined) ? undefined : sum(limits));
  return { ...(request !== undefined && { request }), ...(limit !== undefined && { limit }) };
}

function quantityOf(value: unknown): number | undefined {
  const parsed = typeof value === 'string' || typeof value === 'number' ? parseQuantity(String(value)) : undefined;
  return parsed && quantityToNumber(parsed);
}

function sum(values: readonly (number | undefined)[]): number {
  return values.reduce<number>((all, value) => all + (value ?? 0), 0);
}
