import type { ManifestEdit } from '../../manifest/manifest-edit.ts';
import type { ManifestPath } from '../../manifest/manifest-path.ts';
import { type FormDocument, itemsAt, textOf } from '../form-document.ts';
import { addEnvEdits, addEnvFromEdits, envOf } from './env-fields.ts';
import { addMountEdits, addVolumeEdits, volumesOf } from './volume-fields.ts';

/** A ConfigMap or Secret, and what a container gets of it. */
export interface ConfigUse {
  /** Variables, a variable that an argument names as `$(NAME)`, or files in a folder. */
  readonly as: 'environment' | 'parameter' | 'files';
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  /** Empty: every key. */
  readonly key: string;
  /** The variable's name or prefix, or the folder. */
  readonly target: string;
}

/** Why this cannot be written yet, in one sentence. */
export function configUseProblem(
  { manifest }: FormDocument,
  container: ManifestPath,
  use: ConfigUse,
): string | undefined {
  const { as, kind, name, key, target } = use;
  if (name === '') return `Choose a ${kind}.`;
  if (as === 'parameter' && key === '') return 'Choose the key whose value is the parameter.';
  if (as === 'parameter' && target === '') return 'Name the variable.';
  if (as === 'environment' && key !== '' && target === '') return 'Name the variable.';
  if (as !== 'files') return undefined;
  if (!target.startsWith('/')) return 'The mount path begins with "/".';
  const isTaken = itemsAt(manifest, [...container, 'volumeMounts']).some(
    (mount) => textOf(mount, 'mountPath') === target,
  );
  return isTaken ? `Another volume is mounted at ${target} already.` : undefined;
}

/** Writes it all in one step: one undo takes it back. */
export function configUseEdits(
  document: FormDocument,
  container: ManifestPath,
  use: ConfigUse,
): readonly ManifestEdit[] {
  const { as, kind, name, key, target } = use;
  if (as === 'files') return fileEdits(document, container, use);
  if (key === '') {
    const reference = kind === 'Secret' ? 'secretRef' : 'configMapRef';
    return addEnvFromEdits(container, { kind: reference, name, ...(target === '' ? {} : { prefix: target }) });
  }
  const type = kind === 'Secret' ? 'secretKeyRef' : 'configMapKeyRef';
  const isThere = envOf(document, container).some((entry) => entry.name === target);
  const variable = isThere ? [] : addEnvEdits(container, target, { type, name, key });
  if (as === 'environment') return variable;
  return [...variable, { op: 'insert', path: [...container, 'args'], at: 'end', value: `$(${target})` }];
}

/** The volume of this ConfigMap or Secret is used again when it is there with the same keys. */
function fileEdits(document: FormDocument, container: ManifestPath, use: ConfigUse): readonly ManifestEdit[] {
  const { kind, name, key, target } = use;
  const source = kind === 'Secret' ? 'secret' : 'configMap';
  const volumes = volumesOf(document);
  const found = volumes.find(
    (volume) =>
      volume.source === source && volume.detail === name && key === '' && !hasItems(document, volume.path, source),
  );
  if (found) return addMountEdits(container, { volume: found.name, mountPath: target, readOnly: true });
  const volumeName = freeName(
    volumes.map((volume) => volume.name),
    name,
  );
  const items = key === '' ? {} : { items: [{ key, path: key }] };
  const value = { [source]: { [kind === 'Secret' ? 'secretName' : 'name']: name, ...items } };
  return [
    ...addVolumeEdits(volumeName, value),
    ...addMountEdits(container, { volume: volumeName, mountPath: target, readOnly: true }),
  ];
}

function hasItems({ manifest }: FormDocument, volume: ManifestPath, source: string): boolean {
  return itemsAt(manifest, [...volume, source, 'items']).length > 0;
}

function freeName(taken: readonly string[], wanted: string): string {
  const label =
    wanted
      .replace(/[^a-z0-9-]+/g, '-')
      .slice(0, 60)
      .replace(/^-+|-+$/g, '') || 'config';
  if (!taken.includes(label)) return label;
  for (let number = 2; ; number += 1) if (!taken.includes(`${label}-${number}`)) return `${label}-${number}`;
}
