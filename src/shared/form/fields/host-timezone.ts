import { isJsonObject } from '../../manifest/json-value.ts';
import type { ManifestEdit } from '../../manifest/manifest-edit.ts';
import type { ManifestPath } from '../../manifest/manifest-path.ts';
import { type FormDocument, itemsAt, textOf, valueAt } from '../form-document.ts';
import {
  addMountEdits,
  addVolumeEdits,
  mountsOf,
  removeMountEdit,
  type VolumeEntry,
  volumesOf,
} from './volume-fields.ts';

const LOCALTIME = '/etc/localtime';
const VOLUME_NAME = 'host-time';

/** Whether the container sees the node's time zone: /etc/localtime of the node, mounted read-only at its place. */
export function syncsHostTimezone(document: FormDocument, container: ManifestPath): boolean {
  return timezoneMount(document, container) !== undefined;
}

/** Mounts the node's /etc/localtime, making the volume when there is none; the volume goes with its last mount. */
export function hostTimezoneEdits(
  document: FormDocument,
  container: ManifestPath,
  on: boolean,
): readonly ManifestEdit[] {
  const mount = timezoneMount(document, container);
  if (on === (mount !== undefined)) return [];
  const volume = timezoneVolume(document);
  if (on) {
    const name = volume?.name ?? freeVolumeName(document);
    const made = volume ? [] : addVolumeEdits(name, { hostPath: { path: LOCALTIME } });
    return [...made, ...addMountEdits(container, { volume: name, mountPath: LOCALTIME, readOnly: true })];
  }
  if (!mount || !volume) return [];
  const isLast = mountsOf(document).filter((each) => each.volume === volume.name).length === 1;
  return [removeMountEdit(mount), ...(isLast ? [{ op: 'remove', path: volume.path, pruneEmpty: 1 } as const] : [])];
}

function timezoneVolume(document: FormDocument): VolumeEntry | undefined {
  return volumesOf(document).find((volume) => volume.source === 'hostPath' && volume.detail === LOCALTIME);
}

function timezoneMount(document: FormDocument, container: ManifestPath) {
  const names = new Set(
    volumesOf(document)
      .filter((volume) => volume.source === 'hostPath' && volume.detail === LOCALTIME)
      .map(({ name }) => name),
  );
  const list = [...container, 'volumeMounts'];
  const owner = textOf(valueAt(document.manifest, container), 'name');
  const here = itemsAt(document.manifest, list).some((item) => isJsonObject(item) && item['mountPath'] === LOCALTIME);
  if (!here) return undefined;
  return mountsOf(document).find(
    (mount) => mount.container === owner && mount.mountPath === LOCALTIME && names.has(mount.volume),
  );
}

function freeVolumeName(document: FormDocument): string {
  const taken = new Set(volumesOf(document).map(({ name }) => name));
  if (!taken.has(VOLUME_NAME)) return VOLUME_NAME;
  for (let number = 2; ; number += 1) if (!taken.has(`${VOLUME_NAME}-${number}`)) return `${VOLUME_NAME}-${number}`;
}
