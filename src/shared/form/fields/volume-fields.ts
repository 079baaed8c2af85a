import { isJsonObject } from '../../manifest/json-value.ts';
import type { JsonObject, JsonValue } from '../../manifest/json-value.ts';
import type { ManifestEdit } from '../../manifest/manifest-edit.ts';
import type { ManifestPath } from '../../manifest/manifest-path.ts';
import { choiceCodec, flagCodec, integerCodec, quantityCodec, textCodec } from '../codec.ts';
import type { Field } from '../field.ts';
import { type FormDocument, itemsAt, textOf } from '../form-document.ts';
import { containersOf, itemPath } from './containers.ts';
import { POD } from './pod-fields.ts';

/** The sources that the form can make and change; any other is kept, listed and mountable. */
export const VOLUME_KINDS = ['persistentVolumeClaim', 'emptyDir', 'hostPath', 'configMap', 'secret'] as const;
export type VolumeKind = (typeof VOLUME_KINDS)[number];

export const HOST_PATH_TYPES = [
  'DirectoryOrCreate',
  'Directory',
  'FileOrCreate',
  'File',
  'Socket',
  'CharDevice',
  'BlockDevice',
] as const;
export const EMPTY_DIR_MEDIA = ['Memory'] as const;
export const MOUNT_PROPAGATIONS = ['None', 'HostToContainer', 'Bidirectional'] as const;
export const RECURSIVE_READ_ONLY = ['Disabled', 'IfPossible', 'Enabled'] as const;

export interface VolumeEntry {
  readonly name: string;
  /** The key of its source; `other` for one that the form does not make. */
  readonly kind: VolumeKind | 'other';
  /** As written: `projected`, `csi`, `hostPath`; empty for a volume without one, which is an emptyDir to the server. */
  readonly source: string;
  /** What it holds, in one word: a path, a claim, a ConfigMap's name. */
  readonly detail: string;
  readonly path: ManifestPath;
  readonly index: number;
}

export interface MountEntry {
  readonly container: string;
  readonly volume: string;
  readonly mountPath: string;
  readonly readOnly: boolean;
  readonly path: ManifestPath;
}

export const VOLUMES: ManifestPath = [...POD, 'volumes'];

export function volumesOf({ manifest }: FormDocument): readonly VolumeEntry[] {
  const items = itemsAt(manifest, VOLUMES);
  return items.map((item, index) => {
    const source = sourceOf(item);
    return {
      name: textOf(item, 'name'),
      kind: VOLUME_KINDS.find((kind) => kind === (source || 'emptyDir')) ?? 'other',
      source,
      detail: detailOf(item, source),
      path: itemPath(items, VOLUMES, index, 'name'),
      index,
    };
  });
}

function sourceOf(item: JsonValue): string {
  if (!isJsonObject(item)) return '';
  return Object.keys(item).find((key) => key !== 'name' && item[key] !== null) ?? '';
}

const DETAIL_KEYS: Readonly<Record<string, string>> = {
  persistentVolumeClaim: 'claimName',
  hostPath: 'path',
  configMap: 'name',
  secret: 'secretName',
  csi: 'driver',
  nfs: 'server',
  image: 'reference',
};

function detailOf(item: JsonValue, source: string): string {
  const key = DETAIL_KEYS[source];
  return key !== undefined && isJsonObject(item) ? textOf(item[source], key) : '';
}

/** Every mount of the pod, container by container in the order of the form. */
export function mountsOf(document: FormDocument): readonly MountEntry[] {
  return containersOf(document).flatMap((container) => {
    const list = [...container.path, 'volumeMounts'];
    const items = itemsAt(document.manifest, list);
    return items.map((item, index) => ({
      container: container.name,
      volume: textOf(item, 'name'),
      mountPath: textOf(item, 'mountPath'),
      readOnly: isJsonObject(item) && item['readOnly'] === true,
      path: itemPath(items, list, index, 'mountPath'),
    }));
  });
}

export function addVolumeEdits(name: string, source: JsonObject): readonly ManifestEdit[] {
  return [{ op: 'insert', path: VOLUMES, at: 'end', value: { name, ...source } }];
}

/** A volume goes with its mounts: what is mounted and not there is refused by the server. */
export function removeVolumeEdits(document: FormDocument, volume: VolumeEntry): readonly ManifestEdit[] {
  const mounts = mountsOf(document).filter((mount) => mount.volume === volume.name);
  return [
    // From the last to the first, so that an index still means what it meant.
    ...mounts.toReversed().map(removeMountEdit),
    { op: 'remove', path: volume.path, pruneEmpty: 1 },
  ];
}

/** A volume's new name reaches its mounts in the same step. */
export function renameVolumeEdits(document: FormDocument, volume: VolumeEntry, name: string): readonly ManifestEdit[] {
  const mounts = mountsOf(document).filter((mount) => mount.volume === volume.name && volume.name !== '');
  return [
    ...mounts.map(({ path }): ManifestEdit => ({ op: 'set', path: [...path, 'name'], value: name })),
    { op: 'set', path: [...volume.path, 'name'], value: name },
  ];
}

export interface MountInput {
  readonly volume: string;
  readonly mountPath: string;
  readonly readOnly?: boolean;
  readonly subPath?: string;
}

export function addMountEdits(container: ManifestPath, mount: MountInput): readonly ManifestEdit[] {
  const { volume, mountPath, readOnly, subPath } = mount;
  const value: JsonObject = {
    name: volume,
    mountPath,
    ...(readOnly === true ? { readOnly } : {}),
    ...(subPath ? { subPath } : {}),
  };
  return [{ op: 'insert', path: [...container, 'volumeMounts'], at: 'end', value }];
}

export function removeMountEdit({ path }: MountEntry): ManifestEdit {
  return { op: 'remove', path, pruneEmpty: 1 };
}

export function hostPathField(volume: ManifestPath): Field<string> {
  return { path: [...volume, 'hostPath', 'path'], codec: textCodec };
}

export function hostPathTypeField(volume: ManifestPath): Field<(typeof HOST_PATH_TYPES)[number]> {
  return { path: [...volume, 'hostPath', 'type'], codec: choiceCodec(HOST_PATH_TYPES) };
}

export function claimNameField(volume: ManifestPath): Field<string> {
  return { path: [...volume, 'persistentVolumeClaim', 'claimName'], codec: textCodec };
}

export function claimReadOnlyField(volume: ManifestPath): Field<boolean> {
  return { path: [...volume, 'persistentVolumeClaim', 'readOnly'], codec: flagCodec };
}

export function mediumField(volume: ManifestPath): Field<(typeof EMPTY_DIR_MEDIA)[number]> {
  return { path: [...volume, 'emptyDir', 'medium'], codec: choiceCodec(EMPTY_DIR_MEDIA) };
}

export function sizeLimitField(volume: ManifestPath): Field<string> {
  return { path: [...volume, 'emptyDir', 'sizeLimit'], codec: quantityCodec };
}

export function sourceNameField(volume: ManifestPath, kind: 'configMap' | 'secret'): Field<string> {
  return { path: [...volume, kind, kind === 'secret' ? 'secretName' : 'name'], codec: textCodec };
}

/** A file mode, written in octal: `0644`. */
export function defaultModeField(volume: ManifestPath, kind: 'configMap' | 'secret'): Field<number> {
  return { path: [...volume, kind, 'defaultMode'], codec: integerCodec, style: { radix: 'octal' } };
}

export function sourceOptionalField(volume: ManifestPath, kind: 'configMap' | 'secret'): Field<boolean> {
  return { path: [...volume, kind, 'optional'], codec: flagCodec };
}

export function mountField<Name extends 'mountPath' | 'subPath' | 'subPathExpr'>(
  mount: ManifestPath,
  name: Name,
): Field<string> {
  return { path: [...mount, name], codec: textCodec };
}

export function mountReadOnlyField(mount: ManifestPath): Field<boolean> {
  return { path: [...mount, 'readOnly'], codec: flagCodec };
}

export function mountPropagationField(mount: ManifestPath): Field<(typeof MOUNT_PROPAGATIONS)[number]> {
  return { path: [...mount, 'mountPropagation'], codec: choiceCodec(MOUNT_PROPAGATIONS) };
}

export function recursiveReadOnlyField(mount: ManifestPath): Field<(typeof RECURSIVE_READ_ONLY)[number]> {
  return { path: [...mount, 'recursiveReadOnly'], codec: choiceCodec(RECURSIVE_READ_ONLY) };
}

/** `0644`, `644` or `0o644` as it is typed, in octal as everywhere file modes are; undefined for anything else. */
export function parseMode(written: string): number | undefined {
  const digits = /^(?:0o?)?([0-7]{1,4})$/.exec(written.trim())?.[1];
  return digits === undefined ? undefined : Number.parseInt(digits, 8);
}

export function formatMode(mode: number): string {
  return `0${mode.toString(8).padStart(3, '0')}`;
}
