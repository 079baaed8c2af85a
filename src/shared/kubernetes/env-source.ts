import {
  asObject,
  flagAt,
  isObject,
  type JsonObject,
  objectAt,
  objectsAt,
  stringMapAt,
  textAt,
} from './json-fields.ts';
import type { ContainerKind } from './rows.ts';

/** Where the value of one variable comes from (EnvVar and EnvFromSource of core/v1, 1.37). */
export type EnvSource =
  | { readonly type: 'value'; readonly value: string }
  | {
      readonly type: 'key';
      readonly kind: ConfigKind;
      readonly name: string;
      readonly key: string;
      readonly optional: boolean;
    }
  | { readonly type: 'fieldRef'; readonly fieldPath: string }
  | {
      readonly type: 'resourceFieldRef';
      readonly resource: string;
      readonly containerName: string;
      readonly divisor: string;
    }
  | {
      readonly type: 'fileKeyRef';
      readonly volumeName: string;
      readonly path: string;
      readonly key: string;
      readonly optional: boolean;
    }
  | { readonly type: 'unknown' };

export type ConfigKind = 'ConfigMap' | 'Secret';

export interface EnvVariable {
  readonly name: string;
  readonly source: EnvSource;
}

/** A whole ConfigMap or Secret; `kind` is absent for a source that is neither. */
export interface EnvFromSource {
  readonly kind?: ConfigKind;
  readonly name: string;
  readonly prefix: string;
  readonly optional: boolean;
}

export interface ContainerEnvironment {
  readonly name: string;
  readonly kind: ContainerKind | 'ephemeral';
  readonly envFrom: readonly EnvFromSource[];
  readonly env: readonly EnvVariable[];
  readonly requests: Readonly<Record<string, string>>;
  readonly limits: Readonly<Record<string, string>>;
}

/** What each container of a PodSpec declares: init containers, containers, ephemeral containers. Never throws on odd objects. */
export function containerEnvironments(podSpec: unknown): readonly ContainerEnvironment[] {
  const spec = asObject(podSpec);
  const list = (key: string, kindOf: (container: JsonObject) => ContainerEnvironment['kind']) =>
    objectsAt(spec, key).map((container) => declarations(container, kindOf(container)));
  return [
    ...list('initContainers', (container) => (container['restartPolicy'] === 'Always' ? 'sidecar' : 'init')),
    ...list('containers', () => 'worker'),
    ...list('ephemeralContainers', () => 'ephemeral'),
  ];
}

function declarations(container: JsonObject, kind: ContainerEnvironment['kind']): ContainerEnvironment {
  const resources = objectAt(container, 'resources');
  return {
    name: textAt(container, 'name') ?? '',
    kind,
    envFrom: objectsAt(container, 'envFrom').map(envFromSource),
    env: objectsAt(container, 'env').map((item) => ({ name: textAt(item, 'name') ?? '', source: sourceOf(item) })),
    requests: stringMapAt(resources, 'requests'),
    limits: stringMapAt(resources, 'limits'),
  };
}

function envFromSource(item: JsonObject): EnvFromSource {
  const prefix = textAt(item, 'prefix') ?? '';
  for (const [field, kind] of [
    ['configMapRef', 'ConfigMap'],
    ['secretRef', 'Secret'],
  ] as const) {
    const reference = item[field];
    if (!isObject(reference)) continue;
    return { kind, name: textAt(reference, 'name') ?? '', prefix, optional: flagAt(reference, 'optional') };
  }
  return { name: '', prefix, optional: false };
}

/** A value that is not empty goes before valueFrom, as the kubelet reads it (makeEnvironmentVariables). */
function sourceOf(item: JsonObject): EnvSource {
  const value = textAt(item, 'value');
  const from = item['valueFrom'];
  if (value !== undefined || !isObject(from)) return { type: 'value', value: value ?? '' };
  if (isObject(from['fieldRef'])) return { type: 'fieldRef', fieldPath: textAt(from['fieldRef'], 'fieldPath') ?? '' };
  if (isObject(from['resourceFieldRef'])) return resourceSource(from['resourceFieldRef']);
  if (isObject(from['configMapKeyRef'])) return keySource('ConfigMap', from['configMapKeyRef']);
  if (isObject(from['secretKeyRef'])) return keySource('Secret', from['secretKeyRef']);
  if (isObject(from['fileKeyRef'])) return fileSource(from['fileKeyRef']);
  return { type: 'unknown' };
}

function keySource(kind: ConfigKind, reference: JsonObject): EnvSource {
  const [name, key] = [textAt(reference, 'name') ?? '', textAt(reference, 'key') ?? ''];
  return { type: 'key', kind, name, key, optional: flagAt(reference, 'optional') };
}

function resourceSource(reference: JsonObject): EnvSource {
  return {
    type: 'resourceFieldRef',
    resource: textAt(reference, 'resource') ?? '',
    containerName: textAt(reference, 'containerName') ?? '',
    divisor: textAt(reference, 'divisor') ?? '',
  };
}

function fileSource(reference: JsonObject): EnvSource {
  return {
    type: 'fileKeyRef',
    volumeName: textAt(reference, 'volumeName') ?? '',
    path: textAt(reference, 'path') ?? '',
    key: textAt(reference, 'key') ?? '',
    optional: flagAt(reference, 'optional'),
  };
}
