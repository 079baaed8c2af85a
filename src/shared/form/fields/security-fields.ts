import type { ManifestEdit } from '../../manifest/manifest-edit.ts';
import type { ManifestPath } from '../../manifest/manifest-path.ts';
import { choiceCodec, type Codec, flagCodec, integerCodec, textCodec } from '../codec.ts';
import { type Field, writeField } from '../field.ts';
import type { FormDocument } from '../form-document.ts';
import { POD } from './pod-fields.ts';

export const SE_LINUX_OPTIONS = ['user', 'role', 'type', 'level'] as const;
export const PROFILE_TYPES = ['RuntimeDefault', 'Unconfined', 'Localhost'] as const;
export type ProfileType = (typeof PROFILE_TYPES)[number];
export const FS_GROUP_CHANGE_POLICIES = ['OnRootMismatch', 'Always'] as const;

/** The pod's own security context. */
export const POD_SECURITY: ManifestPath = [...POD, 'securityContext'];

/** The security context of the container at this path. */
export function containerSecurity(container: ManifestPath): ManifestPath {
  return [...container, 'securityContext'];
}

export function runAsField(security: ManifestPath, name: 'runAsUser' | 'runAsGroup' | 'fsGroup'): Field<number> {
  return { path: [...security, name], codec: integerCodec, pruneEmpty: 1 };
}

export function runAsNonRootField(security: ManifestPath): Field<boolean> {
  return { path: [...security, 'runAsNonRoot'], codec: flagCodec, pruneEmpty: 1 };
}

export function seLinuxField(security: ManifestPath, name: (typeof SE_LINUX_OPTIONS)[number]): Field<string> {
  return { path: [...security, 'seLinuxOptions', name], codec: textCodec, pruneEmpty: 2 };
}

export function profileTypeField(
  security: ManifestPath,
  kind: 'seccompProfile' | 'appArmorProfile',
): Field<ProfileType> {
  return { path: [...security, kind, 'type'], codec: choiceCodec(PROFILE_TYPES), pruneEmpty: 2 };
}

export function localhostProfileField(
  security: ManifestPath,
  kind: 'seccompProfile' | 'appArmorProfile',
): Field<string> {
  return { path: [...security, kind, 'localhostProfile'], codec: textCodec, pruneEmpty: 2 };
}

/** A profile of the node has a name; the other types must have none. */
export function profileTypeEdits(
  document: FormDocument,
  security: ManifestPath,
  kind: 'seccompProfile' | 'appArmorProfile',
  type: ProfileType | undefined,
): readonly ManifestEdit[] {
  const name = localhostProfileField(security, kind);
  const cleared = type === 'Localhost' ? [] : writeField(document, name, undefined);
  return [...cleared, ...writeField(document, profileTypeField(security, kind), type)];
}

export const FS_GROUP_CHANGE_POLICY: Field<(typeof FS_GROUP_CHANGE_POLICIES)[number]> = {
  path: [...POD_SECURITY, 'fsGroupChangePolicy'],
  codec: choiceCodec(FS_GROUP_CHANGE_POLICIES),
  pruneEmpty: 1,
};

const integerListCodec: Codec<readonly number[]> = {
  read: (value) => {
    if (!Array.isArray(value)) return undefined;
    const numbers: readonly unknown[] = value;
    return numbers.every((each): each is number => Number.isSafeInteger(each)) ? numbers : undefined;
  },
  write: (value) => value,
};

export const SUPPLEMENTAL_GROUPS: Field<readonly number[]> = {
  path: [...POD_SECURITY, 'supplementalGroups'],
  codec: integerListCodec,
  pruneEmpty: 1,
};

export const SYSCTLS: ManifestPath = [...POD_SECURITY, 'sysctls'];
