import type { ContainerStateView, ContainerView } from '../contract/pod.ts';
import { isUnsetLimit, podLimit } from './env-limits.ts';
import { probeWords } from './probe-words.ts';
import { isObject, records, text, wholeNumber, type JsonObject } from './json-fields.ts';
import type { ContainerKind } from './rows.ts';

/** What the container panel shows of a raw Pod: spec joined with status by name, init containers first. Never throws on odd objects. */
export function containerViews(pod: unknown): readonly ContainerView[] {
  const spec = isObject(pod) && isObject(pod['spec']) ? pod['spec'] : {};
  const status = isObject(pod) && isObject(pod['status']) ? pod['status'] : {};
  const view = (list: 'initContainerStatuses' | 'containerStatuses') => {
    const byName = new Map(records(status[list]).map((item) => [text(item['name']), item]));
    return (container: JsonObject, kind: ContainerKind) =>
      containerView(container, byName.get(text(container['name'])) ?? {}, { kind, pod });
  };
  const init = view('initContainerStatuses');
  const worker = view('containerStatuses');
  return [
    ...records(spec['initContainers']).map((item) =>
      init(item, item['restartPolicy'] === 'Always' ? 'sidecar' : 'init'),
    ),
    ...records(spec['containers']).map((item) => worker(item, 'worker')),
  ];
}

interface InPod {
  readonly kind: ContainerKind;
  readonly pod: unknown;
}

function containerView(spec: JsonObject, status: JsonObject, { kind, pod }: InPod): ContainerView {
  const lastState = isObject(status['lastState']) && Object.keys(status['lastState']).length > 0;
  const imageID = text(status['imageID']);
  const resources = isObject(spec['resources']) ? spec['resources'] : {};
  const limits = quantities(resources['limits']);
  const env = (variable: JsonObject) => envWords(variable, (resource) => unsetLimitWords(limits, resource, pod));
  return {
    name: text(spec['name']),
    kind,
    image: text(spec['image']),
    ...(imageID ? { imageID } : {}),
    ready: status['ready'] === true,
    restarts: wholeNumber(status['restartCount']) ?? 0,
    state: containerState(status['state']),
    ...(lastState ? { lastState: containerState(status['lastState']) } : {}),
    ports: records(spec['ports']).map(portWords),
    probes: [
      ...probeWords('liveness', spec['livenessProbe']),
      ...probeWords('readiness', spec['readinessProbe']),
      ...probeWords('startup', spec['startupProbe']),
    ],
    requests: quantities(resources['requests']),
    limits,
    mounts: records(spec['volumeMounts']).map(mountWords),
    env: [...records(spec['envFrom']).map(envFromWords), ...records(spec['env']).map(env)],
  };
}

/** One of running, waiting, terminated; a status that names none counts as waiting, as the API documents ContainerState. */
export function containerState(state: unknown): ContainerStateView {
  if (!isObject(state)) return { kind: 'unknown' };
  for (const kind of ['running', 'terminated', 'waiting'] as const) {
    const found = state[kind];
    if (!isObject(found)) continue;
    return {
      kind,
      ...optionalText('reason', found['reason']),
      ...optionalText('message', found['message']),
      ...optionalNumber('exitCode', found['exitCode']),
      ...optionalNumber('signal', found['signal']),
      ...optionalText('startedAt', found['startedAt']),
      ...optionalText('finishedAt', found['finishedAt']),
    };
  }
  return { kind: 'waiting' };
}

function portWords(port: JsonObject): string {
  const name = text(port['name']);
  const hostPort = wholeNumber(port['hostPort']);
  const hostIP = text(port['hostIP']);
  const where = hostPort === undefined ? '' : ` on host port ${hostIP ? `${hostIP}:` : ''}${hostPort}`;
  return `${wholeNumber(port['containerPort']) ?? '?'}/${text(port['protocol']) || 'TCP'}${name ? ` (${name})` : ''}${where}`;
}

function mountWords(mount: JsonObject): string {
  const subPath = text(mount['subPath']) || text(mount['subPathExpr']);
  const marks = [mount['readOnly'] === true ? 'read-only' : 'read-write', ...(subPath ? [`path ${subPath}`] : [])];
  return `${text(mount['mountPath'])} from ${text(mount['name'])} (${marks.join(', ')})`;
}

function envWords(variable: JsonObject, unsetWords: (resource: string) => string): string {
  const name = text(variable['name']);
  const from = isObject(variable['valueFrom']) ? variable['valueFrom'] : {};
  const { fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef } = from;
  if (isObject(fieldRef)) return `${name} from field ${text(fieldRef['fieldPath'])}`;
  if (isObject(resourceFieldRef)) {
    const resource = text(resourceFieldRef['resource']);
    return `${name} from resource ${resource}${text(resourceFieldRef['containerName']) ? '' : unsetWords(resource)}`;
  }
  if (isObject(configMapKeyRef)) return `${name} from ConfigMap ${keyOf(configMapKeyRef)}`;
  if (isObject(secretKeyRef)) return `${name} from Secret ${keyOf(secretKeyRef)}`;
  return name;
}

/** "node allocatable" is what `kubectl describe` says of it. */
function unsetLimitWords(limits: Readonly<Record<string, string>>, resource: string, pod: unknown): string {
  if (!isUnsetLimit({ limits }, resource)) return '';
  return podLimit(pod, resource) === undefined ? ', not set: node allocatable' : ', not set: the limit of the pod';
}

function keyOf(reference: JsonObject): string {
  return `${text(reference['name'])}, key ${text(reference['key'])}`;
}

function envFromWords({ prefix, configMapRef, secretRef }: JsonObject): string {
  const start = text(prefix) ? `, each as ${text(prefix)}…` : '';
  if (isObject(configMapRef)) return `all keys of ConfigMap ${text(configMapRef['name'])}${start}`;
  if (isObject(secretRef)) return `all keys of Secret ${text(secretRef['name'])}${start}`;
  return 'all keys of an unknown source';
}

function quantities(value: unknown): Readonly<Record<string, string>> {
  if (!isObject(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([name, amount]) => [name, String(amount)]));
}

function optionalText<K extends string>(key: K, value: unknown): { readonly [P in K]?: string } {
  return typeof value === 'string' && value !== '' ? ({ [key]: value } as { [P in K]?: string }) : {};
}

function optionalNumber<K extends string>(key: K, value: unknown): { readonly [P in K]?: number } {
  return typeof value === 'number' ? ({ [key]: value } as { [P in K]?: number }) : {};
}
