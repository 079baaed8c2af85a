import { parseQuantity, quantityToNumber } from '../../shared/kubernetes/quantity.ts';
import { toTimestamp } from '../clock.ts';
import type { JsonObject } from '../json.ts';
import type { Container, Node, Pod } from '../objects.ts';
import { fraction } from '../random.ts';
import { keyOf } from '../store/collection.ts';
import { type Answer, type ApiContext, type ApiRequest, type Target, json } from './request.ts';
import { selectionOf } from './selection.ts';
import { StatusError, methodNotAllowed, notFound } from './status-error.ts';

type MetricsTarget = Extract<Target, { kind: 'metrics' }>;

interface Usage {
  /** Cores. */
  readonly cpu: number;
  /** Bytes. */
  readonly memory: number;
}

/** metrics-server's own resolution; usage is an average over the window that ended at the timestamp. */
const WINDOW_MS = 15_000;
const MI = 1024 * 1024;
/** What a container without requests uses, and what a node uses beside its pods. */
const UNSAID: Usage = { cpu: 0.02, memory: 40 * MI };
const NODE_ITSELF: Usage = { cpu: 0.18, memory: 900 * MI };

/**
 * The resource metrics of nodes and pods as metrics-server 0.9 answers them (pkg/api/node.go and pod.go): get and list, with selectors and
 * without pages. A pod that has not run for a whole window yet has none, nor has a node that is not ready.
 */
export function answerMetrics(context: ApiContext, request: ApiRequest, target: MetricsTarget): Answer {
  if (request.method !== 'GET') throw methodNotAllowed();
  if (request.query.get('watch') === 'true' || request.query.get('watch') === '1') throw noWatch(target.resource);
  if (target.name !== undefined) return json(200, one(context, target, target.name));
  const { resource, namespace } = target;
  const selection = selectionOf(resource, namespace, request.query);
  const items =
    resource === 'nodes'
      ? context.store.nodes
          .items()
          .filter((node) => selection.matches(node))
          .flatMap((node) => ofNode(context, node) ?? [])
      : context.store.pods
          .items()
          .filter((pod) => selection.matches(pod))
          .flatMap((pod) => ofPod(context, pod) ?? []);
  return json(200, { kind: `${kindOf(resource)}List`, apiVersion: API_VERSION, metadata: {}, items });
}

const API_VERSION = 'metrics.k8s.io/v1beta1';

function kindOf(resource: MetricsTarget['resource']): string {
  return resource === 'nodes' ? 'NodeMetrics' : 'PodMetrics';
}

function one(context: ApiContext, { resource, namespace }: MetricsTarget, name: string): JsonObject {
  const type = { kind: kindOf(resource), apiVersion: API_VERSION };
  if (resource === 'nodes') {
    const node = context.store.nodes.get(keyOf(undefined, name));
    if (node === undefined) throw notFound({ group: '', resource: 'node' }, name);
    const metrics = ofNode(context, node);
    if (metrics === undefined) throw notFound({ group: 'metrics.k8s.io', resource: 'nodemetrics' }, name);
    return { ...type, ...metrics };
  }
  const pod = context.store.pods.get(keyOf(namespace, name));
  // pkg/server/informer.go: its lister has only pods of status.phase=Running.
  if (pod?.status.phase !== 'Running') throw notFound({ group: '', resource: 'pods' }, name);
  const metrics = ofPod(context, pod);
  if (metrics === undefined) {
    throw notFound({ group: 'metrics.k8s.io', resource: 'podmetrics' }, `${namespace ?? ''}/${name}`);
  }
  return { ...type, ...metrics };
}

function ofNode(context: ApiContext, node: Node): JsonObject | undefined {
  const { name, labels = {} } = node.metadata;
  if (!node.status.conditions.some(({ type, status }) => type === 'Ready' && status === 'True')) return undefined;
  const pods = context.store.podsByNode.get(name).filter((pod) => runs(context, pod));
  const used = pods.flatMap((pod) => pod.spec.containers.map((container) => usageOf(context, pod, container)));
  return { ...head(context, { name, labels }), usage: usageJson(sum([NODE_ITSELF, ...used])) };
}

function ofPod(context: ApiContext, pod: Pod): JsonObject | undefined {
  if (!runs(context, pod)) return undefined;
  const { name, namespace = '', labels = {} } = pod.metadata;
  const containers = pod.spec.containers.map((container) => ({
    name: container.name,
    usage: usageJson(usageOf(context, pod, container)),
  }));
  return { ...head(context, { name, namespace, labels }), containers };
}

function head({ clock }: ApiContext, metadata: JsonObject): JsonObject {
  const now = clock.now();
  return {
    metadata: { ...metadata, creationTimestamp: toTimestamp(now) },
    timestamp: toTimestamp(Math.floor(now / WINDOW_MS) * WINDOW_MS),
    window: `${WINDOW_MS / 1000}s`,
  };
}

/** All of its containers run, and have for a window. */
function runs({ clock }: ApiContext, pod: Pod): boolean {
  const statuses = pod.status.containerStatuses ?? [];
  return (
    statuses.length >= pod.spec.containers.length &&
    statuses.every(({ state }) => state.running && clock.now() - Date.parse(state.running.startedAt) >= WINDOW_MS)
  );
}

/** Between 35 % and 95 % of what the container requests: mostly its own share, a little of the hour. */
function usageOf({ clock }: ApiContext, pod: Pod, container: Container): Usage {
  const { requests } = container.resources ?? {};
  const own = `${pod.metadata.uid}/${container.name}`;
  const window = Math.floor(clock.now() / WINDOW_MS);
  const share = 0.35 + 0.5 * fraction(own);
  return {
    cpu: (requested(requests?.['cpu']) ?? UNSAID.cpu) * (share + 0.1 * fraction(`${own}/${window}`)),
    memory: (requested(requests?.['memory']) ?? UNSAID.memory) * share,
  };
}

function requested(text: string | undefined): number | undefined {
  const quantity = text === undefined ? undefined : parseQuantity(text);
  return quantity === undefined ? undefined : quantityToNumber(quantity);
}

function sum(usages: readonly Usage[]): Usage {
  return usages.reduce((all, each) => ({ cpu: all.cpu + each.cpu, memory: all.memory + each.memory }));
}

function usageJson({ cpu, memory }: Usage): JsonObject {
  return { cpu: `${Math.round(cpu * 1e9)}n`, memory: `${Math.round(memory / 1024)}Ki` };
}

function noWatch(resource: string): StatusError {
  return new StatusError({
    code: 405,
    reason: 'MethodNotAllowed',
    message: `watch is not supported on resources of kind "${resource}.metrics.k8s.io"`,
    details: { group: 'metrics.k8s.io', kind: resource },
  });
}
