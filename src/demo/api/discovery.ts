import type { JsonObject } from '../json.ts';
import { RESOURCES, type ResourceInfo } from './resources.ts';

const VERSION: JsonObject = {
  major: '1',
  minor: '37',
  emulationMajor: '1',
  emulationMinor: '37',
  minCompatibilityMajor: '1',
  minCompatibilityMinor: '36',
  gitVersion: 'v1.37.2+demo',
  gitCommit: '0000000000000000000000000000000000000000',
  gitTreeState: 'clean',
  buildDate: '2026-11-01T00:00:00Z',
  goVersion: 'none',
  compiler: 'none',
  platform: 'demo/amd64',
};

function apiResource(info: ResourceInfo): JsonObject {
  return {
    name: info.resource,
    singularName: info.singular,
    namespaced: info.namespaced,
    kind: info.kind,
    verbs: info.verbs,
    ...(info.shortNames.length === 0 ? {} : { shortNames: info.shortNames }),
    ...(info.categories === undefined ? {} : { categories: info.categories }),
  };
}

function subresource(name: string, kind: string, namespaced: boolean, verbs: readonly string[]): JsonObject {
  return { name, singularName: '', namespaced, kind, verbs };
}

function resourceList(groupVersion: string, resources: readonly JsonObject[]): JsonObject {
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion, resources };
}

function group(name: string, version: string): JsonObject {
  const entry = { groupVersion: `${name}/${version}`, version };
  return { name, versions: [entry], preferredVersion: entry };
}

const GROUPS = [group('apps', 'v1'), group('authentication.k8s.io', 'v1'), group('authorization.k8s.io', 'v1')];

function storedIn(groupName: string): readonly JsonObject[] {
  const all: readonly ResourceInfo[] = Object.values(RESOURCES);
  return all.filter((info) => info.group === groupName).map(apiResource);
}

function groupDocuments(): readonly (readonly [string, JsonObject])[] {
  return GROUPS.map(
    (entry) => [`/apis/${String(entry['name'])}`, { kind: 'APIGroup', apiVersion: 'v1', ...entry }] as const,
  );
}

const METRICS_GROUP = group('metrics.k8s.io', 'v1beta1');

/** What is there with a metrics-server, in place of some of the others. */
const METRICS_DOCUMENTS: ReadonlyMap<string, JsonObject> = new Map<string, JsonObject>([
  ['/apis', { kind: 'APIGroupList', apiVersion: 'v1', groups: [...GROUPS, METRICS_GROUP] }],
  ['/apis/metrics.k8s.io', { kind: 'APIGroup', apiVersion: 'v1', ...METRICS_GROUP }],
  [
    '/apis/metrics.k8s.io/v1beta1',
    resourceList('metrics.k8s.io/v1beta1', [
      subresource('nodes', 'NodeMetrics', false, ['get', 'list']),
      subresource('pods', 'PodMetrics', true, ['get', 'list']),
    ]),
  ],
]);

/** A document that says what this server has. */
export function documentOf(path: string, hasMetrics: boolean): JsonObject | string | undefined {
  return (hasMetrics ? METRICS_DOCUMENTS.get(path) : undefined) ?? DOCUMENTS.get(path);
}

const DOCUMENTS: ReadonlyMap<string, JsonObject | string> = new Map<string, JsonObject | string>([
  ['/version', VERSION],
  ['/healthz', 'ok'],
  ['/livez', 'ok'],
  ['/readyz', 'ok'],
  ['/api', { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [] }],
  ['/apis', { kind: 'APIGroupList', apiVersion: 'v1', groups: GROUPS }],
  ...groupDocuments(),
  [
    '/api/v1',
    resourceList('v1', [
      ...storedIn(''),
      subresource('nodes/status', 'Node', false, ['get', 'patch', 'update']),
      subresource('pods/exec', 'PodExecOptions', true, ['create', 'get']),
      subresource('pods/log', 'Pod', true, ['get']),
      subresource('pods/status', 'Pod', true, ['get', 'patch', 'update']),
    ]),
  ],
  [
    '/apis/apps/v1',
    resourceList('apps/v1', [
      ...storedIn('apps'),
      subresource('daemonsets/status', 'DaemonSet', true, ['get', 'patch', 'update']),
    ]),
  ],
  [
    '/apis/authorization.k8s.io/v1',
    resourceList('authorization.k8s.io/v1', [
      subresource('selfsubjectaccessreviews', 'SelfSubjectAccessReview', false, ['create']),
      subresource('selfsubjectrulesreviews', 'SelfSubjectRulesReview', false, ['create']),
    ]),
  ],
  [
    '/apis/authentication.k8s.io/v1',
    resourceList('authentication.k8s.io/v1', [
      subresource('selfsubjectreviews', 'SelfSubjectReview', false, ['create']),
    ]),
  ],
]);
