import { isJsonObject } from '../../manifest/json-value.ts';
import type { JsonObject, JsonValue } from '../../manifest/json-value.ts';
import type { ManifestEdit } from '../../manifest/manifest-edit.ts';
import type { ManifestPath } from '../../manifest/manifest-path.ts';
import { type FormDocument, itemsAt, textOf, valueAt } from '../form-document.ts';
import { itemPath } from './containers.ts';

/** Where a variable's value comes from. `unknown` is a source that the form does not know: shown, and left alone. */
export type EnvSource =
  | { readonly type: 'value'; readonly value: string }
  | {
      readonly type: 'configMapKeyRef' | 'secretKeyRef';
      readonly name: string;
      readonly key: string;
      readonly optional?: boolean;
    }
  | { readonly type: 'fieldRef'; readonly fieldPath: string }
  | {
      readonly type: 'resourceFieldRef';
      readonly resource: string;
      readonly containerName?: string;
      readonly divisor?: string;
    }
  | { readonly type: 'unknown' };

export interface EnvEntry {
  readonly name: string;
  readonly source: EnvSource;
  readonly path: ManifestPath;
  readonly index: number;
}

/** fieldRef.fieldPath of a pod, as the server takes it in an environment (pkg/apis/core/validation, 1.37). */
export const ENV_FIELD_PATHS = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
] as const;

export const ENV_RESOURCES = [
  'limits.cpu',
  'limits.memory',
  'limits.ephemeral-storage',
  'requests.cpu',
  'requests.memory',
  'requests.ephemeral-storage',
] as const;

export function envOf({ manifest }: FormDocument, container: ManifestPath): readonly EnvEntry[] {
  const list = [...container, 'env'];
  const items = itemsAt(manifest, list);
  return items.map((item, index) => ({
    name: textOf(item, 'name'),
    source: sourceOf(item),
    path: itemPath(items, list, index, 'name'),
    index,
  }));
}

function sourceOf(item: JsonValue): EnvSource {
  if (!isJsonObject(item)) return { type: 'unknown' };
  const { valueFrom, value } = item;
  if (valueFrom === undefined || valueFrom === null) {
    if (value === undefined || value === null) return { type: 'value', value: '' };
    return typeof value === 'string' ? { type: 'value', value } : { type: 'unknown' };
  }
  if (!isJsonObject(valueFrom)) return { type: 'unknown' };
  const [[type, reference] = ['', null], ...more] = Object.entries(valueFrom).filter(([, each]) => each !== null);
  return more.length > 0 || !isJsonObject(reference) ? { type: 'unknown' } : referenceOf(type, reference);
}

function referenceOf(type: string, reference: JsonObject): EnvSource {
  const { optional } = reference;
  switch (type) {
    case 'configMapKeyRef':
    case 'secretKeyRef': {
      const read = { type, name: textOf(reference, 'name'), key: textOf(reference, 'key') } as const;
      return typeof optional === 'boolean' ? { ...read, optional } : read;
    }
    case 'fieldRef':
      return { type, fieldPath: textOf(reference, 'fieldPath') };
    case 'resourceFieldRef': {
      const [containerName, divisor] = [textOf(reference, 'containerName'), textOf(reference, 'divisor')];
      return {
        type,
        resource: textOf(reference, 'resource'),
        ...(containerName === '' ? {} : { containerName }),
        ...(divisor === '' ? {} : { divisor }),
      };
    }
    default:
      return { type: 'unknown' };
  }
}

export function addEnvEdits(container: ManifestPath, name: string, source: EnvSource): readonly ManifestEdit[] {
  return [{ op: 'insert', path: [...container, 'env'], at: 'end', value: { name, ...sourceValue(source) } }];
}

/** Gives a variable another value or source. Within one source only what differs is written; fields that are not known stay. */
export function envSourceEdits(
  { manifest }: FormDocument,
  entry: EnvEntry,
  source: EnvSource,
): readonly ManifestEdit[] {
  if (source.type === 'unknown' || entry.source.type === 'unknown') return [];
  const { path } = entry;
  const item = valueAt(manifest, path);
  const has = (key: string) => isJsonObject(item) && Object.hasOwn(item, key);
  if (source.type === 'value') {
    const gone: readonly ManifestEdit[] = has('valueFrom') ? [{ op: 'remove', path: [...path, 'valueFrom'] }] : [];
    return [...gone, { op: 'set', path: [...path, 'value'], value: source.value }];
  }
  const gone: readonly ManifestEdit[] = has('value') ? [{ op: 'remove', path: [...path, 'value'] }] : [];
  const reference = referenceValue(source);
  if (entry.source.type !== source.type) {
    return [
      ...gone,
      ...(has('valueFrom') ? [{ op: 'remove', path: [...path, 'valueFrom'] } as const] : []),
      { op: 'set', path: [...path, 'valueFrom'], value: { [source.type]: reference } },
    ];
  }
  const at = [...path, 'valueFrom', source.type];
  const cleared = ['optional', 'containerName', 'divisor'].filter(
    (key) => valueAt(manifest, [...at, key]) !== undefined && !Object.hasOwn(reference, key),
  );
  return [
    ...gone,
    ...cleared.map((key): ManifestEdit => ({ op: 'remove', path: [...at, key] })),
    ...Object.entries(reference).map(([key, value]): ManifestEdit => ({ op: 'set', path: [...at, key], value })),
  ];
}

export function envNameEdits({ path }: EnvEntry, name: string): readonly ManifestEdit[] {
  return [{ op: 'set', path: [...path, 'name'], value: name }];
}

export function removeEnvEdits({ path }: EnvEntry): readonly ManifestEdit[] {
  return [{ op: 'remove', path, pruneEmpty: 1 }];
}

export function moveEnvEdits({ path }: EnvEntry, to: number): readonly ManifestEdit[] {
  return [{ op: 'move', path, to }];
}

function sourceValue(source: EnvSource): JsonObject {
  if (source.type === 'value') return { value: source.value };
  return source.type === 'unknown' ? {} : { valueFrom: { [source.type]: referenceValue(source) } };
}

function referenceValue(source: Exclude<EnvSource, { type: 'value' | 'unknown' }>): JsonObject {
  const { type: _, ...reference } = source;
  return reference;
}

/** A whole ConfigMap or Secret as environment. */
export interface EnvFromEntry {
  readonly kind: 'configMapRef' | 'secretRef' | 'unknown';
  readonly name: string;
  readonly prefix: string;
  readonly path: ManifestPath;
}

export function envFromOf({ manifest }: FormDocument, container: ManifestPath): readonly EnvFromEntry[] {
  const list = [...container, 'envFrom'];
  return itemsAt(manifest, list).map((item, index) => {
    const kinds = (['configMapRef', 'secretRef'] as const).filter(
      (kind) => isJsonObject(item) && isJsonObject(item[kind]),
    );
    const [kind] = kinds;
    const known = kind !== undefined && kinds.length === 1;
    return {
      kind: known ? kind : 'unknown',
      name: known && isJsonObject(item) ? textOf(item[kind], 'name') : '',
      prefix: textOf(item, 'prefix'),
      path: [...list, index],
    };
  });
}

export function addEnvFromEdits(
  container: ManifestPath,
  {
    kind,
    name,
    prefix,
  }: { readonly kind: 'configMapRef' | 'secretRef'; readonly name: string; readonly prefix?: string },
): readonly ManifestEdit[] {
  const value: JsonObject = { ...(prefix ? { prefix } : {}), [kind]: { name } };
  return [{ op: 'insert', path: [...container, 'envFrom'], at: 'end', value }];
}

export function removeEnvFromEdits({ path }: EnvFromEntry): readonly ManifestEdit[] {
  return [{ op: 'remove', path, pruneEmpty: 1 }];
}
