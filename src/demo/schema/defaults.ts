import { type Json, type JsonObject, isJsonArray, isJsonObject } from '../json.ts';

type Members = Readonly<Record<string, Json>>;

/** Adds what is absent. */
function filled(object: JsonObject, defaults: Members): JsonObject {
  return { ...defaults, ...object };
}

function mapObject(value: Json | undefined, change: (object: JsonObject) => JsonObject): Json | undefined {
  return isJsonObject(value) ? change(value) : value;
}

function mapList(value: Json | undefined, change: (object: JsonObject) => JsonObject): Json | undefined {
  return isJsonArray(value) ? value.map((item) => (isJsonObject(item) ? change(item) : item)) : value;
}

/** Replaces members by functions of them, leaving absent ones absent. */
function withMembers(
  object: JsonObject,
  changes: Readonly<Record<string, (value: Json) => Json | undefined>>,
): JsonObject {
  const result: Record<string, Json | undefined> = { ...object };
  for (const [name, change] of Object.entries(changes)) {
    const value = object[name];
    if (value !== undefined) result[name] = change(value);
  }
  return result;
}

function positive(object: JsonObject, name: string, value: number): JsonObject {
  return object[name] === undefined || object[name] === 0 ? { ...object, [name]: value } : object;
}

function defaultHttpGet(action: JsonObject): JsonObject {
  return filled(action, { path: '/', scheme: 'HTTP' });
}

function defaultProbe(probe: JsonObject): JsonObject {
  const handlers = withMembers(probe, {
    httpGet: (value) => mapObject(value, defaultHttpGet),
    grpc: (value) => mapObject(value, (action) => filled(action, { service: '' })),
  });
  // SetDefaults_Probe: 0 means "not set", so periodSeconds 0 is accepted and becomes 10.
  const counted = positive(positive(handlers, 'timeoutSeconds', 1), 'periodSeconds', 10);
  return positive(positive(counted, 'successThreshold', 1), 'failureThreshold', 3);
}

function defaultHandler(handler: JsonObject): JsonObject {
  return withMembers(handler, { httpGet: (value) => mapObject(value, defaultHttpGet) });
}

function defaultFieldRef(holder: JsonObject): JsonObject {
  return withMembers(holder, {
    fieldRef: (value) => mapObject(value, (reference) => filled(reference, { apiVersion: 'v1' })),
    resourceFieldRef: (value) => mapObject(value, (reference) => filled(reference, { divisor: '0' })),
  });
}

/** The tag of an image reference: the part after the last colon that is behind the last slash; `latest` without tag and digest. */
function pullPolicyOf(image: Json | undefined): string {
  if (typeof image !== 'string') return 'IfNotPresent';
  if (image.includes('@')) return 'IfNotPresent';
  const tag = /:([^/:]+)$/.exec(image)?.[1] ?? 'latest';
  return tag === 'latest' ? 'Always' : 'IfNotPresent';
}

function defaultResources(resources: JsonObject): JsonObject {
  const { limits, requests } = resources;
  if (!isJsonObject(limits)) return resources;
  return { ...resources, requests: { ...limits, ...(isJsonObject(requests) ? requests : {}) } };
}

function defaultContainer(container: JsonObject): JsonObject {
  const filledIn = filled(container, {
    imagePullPolicy: pullPolicyOf(container['image']),
    resources: {},
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
  });
  return withMembers(filledIn, {
    ports: (value) => mapList(value, (port) => filled(port, { protocol: 'TCP' })),
    env: (value) =>
      mapList(value, (entry) => withMembers(entry, { valueFrom: (source) => mapObject(source, defaultFieldRef) })),
    livenessProbe: (value) => mapObject(value, defaultProbe),
    readinessProbe: (value) => mapObject(value, defaultProbe),
    startupProbe: (value) => mapObject(value, defaultProbe),
    lifecycle: (value) =>
      mapObject(value, (lifecycle) =>
        withMembers(lifecycle, {
          postStart: (handler) => mapObject(handler, defaultHandler),
          preStop: (handler) => mapObject(handler, defaultHandler),
        }),
      ),
  });
}

const DEFAULT_MODE = 0o644;

function defaultProjection(projection: JsonObject): JsonObject {
  return withMembers(projection, {
    serviceAccountToken: (value) => mapObject(value, (token) => filled(token, { expirationSeconds: 3600 })),
    downwardAPI: (value) => mapObject(value, defaultDownwardItems),
  });
}

function defaultDownwardItems(source: JsonObject): JsonObject {
  return withMembers(source, { items: (items) => mapList(items, defaultFieldRef) });
}

function defaultVolume(volume: JsonObject): JsonObject {
  const sourced = Object.keys(volume).some((key) => key !== 'name') ? volume : { ...volume, emptyDir: {} };
  const withMode = (source: JsonObject): JsonObject => filled(source, { defaultMode: DEFAULT_MODE });
  return withMembers(sourced, {
    hostPath: (value) => mapObject(value, (source) => filled(source, { type: '' })),
    secret: (value) => mapObject(value, withMode),
    configMap: (value) => mapObject(value, withMode),
    downwardAPI: (value) => mapObject(value, (source) => withMode(defaultDownwardItems(source))),
    projected: (value) =>
      mapObject(value, (source) =>
        withMode(withMembers(source, { sources: (list) => mapList(list, defaultProjection) })),
      ),
  });
}

/** With hostNetwork a port is the host's port of the same number (defaultHostNetworkPorts). */
function withHostPorts(container: JsonObject): JsonObject {
  return withMembers(container, {
    ports: (value) =>
      mapList(value, (port) => {
        const { containerPort } = port;
        return containerPort === undefined || (port['hostPort'] ?? 0) !== 0
          ? port
          : { ...port, hostPort: containerPort };
      }),
  });
}

/** What the API server writes into a pod spec (pkg/apis/core/v1/defaults.go, 1.37). `ofPod`: a Pod, unlike a template, also gets
 * requests from its limits, host ports under hostNetwork, and enableServiceLinks. */
export function defaultPodSpec(spec: JsonObject, ofPod: boolean): JsonObject {
  const account = spec['serviceAccountName'] ?? spec['serviceAccount'];
  const filledIn = filled(spec, {
    dnsPolicy: 'ClusterFirst',
    restartPolicy: 'Always',
    schedulerName: 'default-scheduler',
    securityContext: {},
    terminationGracePeriodSeconds: 30,
    ...(ofPod ? { enableServiceLinks: true } : {}),
    ...(account === undefined ? {} : { serviceAccountName: account, serviceAccount: account }),
  });
  const container = (value: JsonObject): JsonObject => {
    const defaulted = defaultContainer(value);
    const ported = ofPod && spec['hostNetwork'] === true ? withHostPorts(defaulted) : defaulted;
    return ofPod ? withMembers(ported, { resources: (resources) => mapObject(resources, defaultResources) }) : ported;
  };
  return withMembers(filledIn, {
    containers: (value) => mapList(value, container),
    initContainers: (value) => mapList(value, container),
    volumes: (value) => mapList(value, defaultVolume),
  });
}

function defaultUpdateStrategy(strategy: JsonObject): JsonObject {
  const typed = filled(strategy, { type: 'RollingUpdate' });
  const given = typed['rollingUpdate'];
  if (typed['type'] !== 'RollingUpdate') {
    // Kept as it is for a later return to RollingUpdate; the internal type has no absent counts.
    return isJsonObject(given) ? { ...typed, rollingUpdate: filled(given, { maxUnavailable: 0, maxSurge: 0 }) } : typed;
  }
  const rolling = isJsonObject(given) ? given : {};
  return { ...typed, rollingUpdate: filled(rolling, { maxUnavailable: 1, maxSurge: 0 }) };
}

/** What the API server writes into a DaemonSet (pkg/apis/apps/v1/defaults.go, 1.37). */
export function defaultDaemonSet(daemonSet: JsonObject): JsonObject {
  const spec = isJsonObject(daemonSet['spec']) ? daemonSet['spec'] : {};
  const template = isJsonObject(spec['template']) ? spec['template'] : {};
  const podSpec = isJsonObject(template['spec']) ? template['spec'] : {};
  const strategy = isJsonObject(spec['updateStrategy']) ? spec['updateStrategy'] : {};
  return {
    ...daemonSet,
    spec: {
      revisionHistoryLimit: 10,
      ...spec,
      template: { metadata: {}, ...template, spec: defaultPodSpec(podSpec, false) },
      updateStrategy: defaultUpdateStrategy(strategy),
    },
  };
}

export function defaultPod(pod: JsonObject): JsonObject {
  return withMembers(pod, { spec: (value) => mapObject(value, (spec) => defaultPodSpec(spec, true)) });
}

/** SetDefaults_Secret, and the conversion that writes stringData over data (pkg/apis/core/v1, 1.37). */
export function defaultSecret(secret: JsonObject): JsonObject {
  const { stringData, ...rest } = secret;
  const typed = rest['type'] === undefined || rest['type'] === '' ? { ...rest, type: 'Opaque' } : rest;
  if (!isJsonObject(stringData)) return typed;
  const encoded = Object.entries(stringData).map(([key, text]): [string, Json] => [
    key,
    Buffer.from(String(text)).toString('base64'),
  ]);
  const data = isJsonObject(rest['data']) ? rest['data'] : {};
  return { ...typed, data: { ...data, ...Object.fromEntries(encoded) } };
}
