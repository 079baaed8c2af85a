import type { KubeObject } from '../objects.ts';
import type { Collection } from '../store/collection.ts';
import type { Store } from '../store/store.ts';
import type { GroupResource } from './status-error.ts';

export type Verb = 'create' | 'delete' | 'get' | 'list' | 'patch' | 'update' | 'watch';

export interface ResourceInfo extends GroupResource {
  readonly version: string;
  readonly kind: string;
  readonly singular: string;
  readonly namespaced: boolean;
  readonly verbs: readonly Verb[];
  readonly shortNames: readonly string[];
  readonly categories?: readonly string[];
}

const ALL: readonly Verb[] = ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'];
const READ: readonly Verb[] = ['get', 'list', 'watch'];

const core = { group: '', version: 'v1' };
const apps = { group: 'apps', version: 'v1' };

/** The resources that are stored. What is made on the spot (reviews, logs) is not here. */
export const RESOURCES = {
  namespaces: {
    ...core,
    resource: 'namespaces',
    kind: 'Namespace',
    singular: 'namespace',
    namespaced: false,
    verbs: ['create', 'get', 'list', 'patch', 'update', 'watch'],
    shortNames: ['ns'],
  },
  nodes: {
    ...core,
    resource: 'nodes',
    kind: 'Node',
    singular: 'node',
    namespaced: false,
    verbs: ['get', 'list', 'patch', 'update', 'watch'],
    shortNames: ['no'],
  },
  pods: {
    ...core,
    resource: 'pods',
    kind: 'Pod',
    singular: 'pod',
    namespaced: true,
    verbs: ALL,
    shortNames: ['po'],
    categories: ['all'],
  },
  events: {
    ...core,
    resource: 'events',
    kind: 'Event',
    singular: 'event',
    namespaced: true,
    verbs: READ,
    shortNames: ['ev'],
  },
  configmaps: {
    ...core,
    resource: 'configmaps',
    kind: 'ConfigMap',
    singular: 'configmap',
    namespaced: true,
    verbs: ALL,
    shortNames: ['cm'],
  },
  secrets: {
    ...core,
    resource: 'secrets',
    kind: 'Secret',
    singular: 'secret',
    namespaced: true,
    verbs: ALL,
    shortNames: [],
  },
  daemonsets: {
    ...apps,
    resource: 'daemonsets',
    kind: 'DaemonSet',
    singular: 'daemonset',
    namespaced: true,
    verbs: ALL,
    shortNames: ['ds'],
    categories: ['all'],
  },
  controllerrevisions: {
    ...apps,
    resource: 'controllerrevisions',
    kind: 'ControllerRevision',
    singular: 'controllerrevision',
    namespaced: true,
    verbs: ['delete', 'get', 'list', 'patch', 'update', 'watch'],
    shortNames: [],
  },
} as const satisfies Record<string, ResourceInfo>;

export type ResourceName = keyof typeof RESOURCES;

export function isResourceName(name: string): name is ResourceName {
  return Object.hasOwn(RESOURCES, name);
}

/** The collection of a resource, as one of plain objects: the REST layer treats all resources alike. */
export function collectionOf(store: Store, name: ResourceName): Collection<KubeObject> {
  const collections: Readonly<Record<ResourceName, unknown>> = {
    namespaces: store.namespaces,
    nodes: store.nodes,
    pods: store.pods,
    events: store.events,
    configmaps: store.configMaps,
    secrets: store.secrets,
    daemonsets: store.daemonSets,
    controllerrevisions: store.controllerRevisions,
  };
  // What the REST layer puts was decoded against the resource's own schema and validated before.
  return collections[name] as Collection<KubeObject>;
}

export function apiVersionOf(info: ResourceInfo): string {
  return info.group === '' ? info.version : `${info.group}/${info.version}`;
}
