import type { ManifestPath } from '../../manifest/manifest-path.ts';
import { choiceCodec, flagCodec, quantityCodec, textCodec, textListCodec } from '../codec.ts';
import type { Field } from '../field.ts';

export const PULL_POLICIES = ['IfNotPresent', 'Always', 'Never'] as const;
export type PullPolicy = (typeof PULL_POLICIES)[number];
export const TERMINATION_MESSAGE_POLICIES = ['File', 'FallbackToLogsOnError'] as const;
export const PROC_MOUNTS = ['Default', 'Unmasked'] as const;

export const imageField = at('image', textCodec);
export const containerNameField = at('name', textCodec);
export const pullPolicyField = at('imagePullPolicy', choiceCodec(PULL_POLICIES));
export const commandField = at('command', textListCodec);
export const argsField = at('args', textListCodec);
export const workingDirField = at('workingDir', textCodec);
export const stdinField = at('stdin', flagCodec);
export const ttyField = at('tty', flagCodec);
export const terminationMessagePathField = at('terminationMessagePath', textCodec);
export const terminationMessagePolicyField = at('terminationMessagePolicy', choiceCodec(TERMINATION_MESSAGE_POLICIES));

/** A field of the container at this path. */
export type ContainerField<T> = (container: ManifestPath) => Field<T>;

function at<T>(name: string, codec: Field<T>['codec']): ContainerField<T> {
  return (container) => ({ path: [...container, name], codec });
}

/** `resources.requests.cpu` and its like; `name` may be an extended resource such as `nvidia.com/gpu`. */
export function resourceField(container: ManifestPath, kind: 'requests' | 'limits', name: string): Field<string> {
  return { path: [...container, 'resources', kind, name], codec: quantityCodec, pruneEmpty: 2 };
}

/**
 * The pull policy of the API where none is written (SetDefaults_Container, pkg/apis/core/v1/defaults.go, 1.37): Always
 * for the tag latest or none, else IfNotPresent. A digest counts as a tag that is not latest.
 */
export function defaultPullPolicy(image: string): PullPolicy {
  if (image.includes('@')) return 'IfNotPresent';
  const tag = /:([^:/]+)$/.exec(image)?.[1] ?? 'latest';
  return tag === 'latest' ? 'Always' : 'IfNotPresent';
}

/** An image as the form's two fields show it. A digest stays with the tag's field. */
export interface ImageParts {
  readonly repository: string;
  /** `1.2`, `1.2@sha256:…`, `@sha256:…`, or empty. */
  readonly tag: string;
}

export function splitImage(image: string): ImageParts {
  const at = image.indexOf('@');
  const [named, digest] = at === -1 ? [image, ''] : [image.slice(0, at), image.slice(at)];
  // A colon before the last slash belongs to the registry's port.
  const colon = named.lastIndexOf(':');
  if (colon <= named.lastIndexOf('/')) return { repository: named, tag: digest };
  return { repository: named.slice(0, colon), tag: named.slice(colon + 1) + digest };
}

export function joinImage({ repository, tag }: ImageParts): string {
  if (tag === '') return repository;
  return tag.startsWith('@') ? `${repository}${tag}` : `${repository}:${tag}`;
}

const SECURITY = 'securityContext';

/** Three states each: unset, true, false. */
export const SECURITY_FLAGS = [
  'privileged',
  'allowPrivilegeEscalation',
  'readOnlyRootFilesystem',
  'runAsNonRoot',
] as const;

export function securityFlag(container: ManifestPath, name: (typeof SECURITY_FLAGS)[number]): Field<boolean> {
  return { path: [...container, SECURITY, name], codec: flagCodec, pruneEmpty: 1 };
}

export function procMountField(container: ManifestPath): Field<(typeof PROC_MOUNTS)[number]> {
  return { path: [...container, SECURITY, 'procMount'], codec: choiceCodec(PROC_MOUNTS), pruneEmpty: 1 };
}

export function capabilitiesField(container: ManifestPath, kind: 'add' | 'drop'): Field<readonly string[]> {
  return { path: [...container, SECURITY, 'capabilities', kind], codec: textListCodec, pruneEmpty: 2 };
}
