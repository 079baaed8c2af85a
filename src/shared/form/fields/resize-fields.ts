import type { ManifestEdit } from '../../manifest/manifest-edit.ts';
import type { ManifestPath } from '../../manifest/manifest-path.ts';
import { choiceCodec } from '../codec.ts';
import { type Field, readField, writeField } from '../field.ts';
import type { FormDocument } from '../form-document.ts';

/** The resources that can be resized in place (supportedResizeResources, pkg/apis/core/validation, 1.37). */
export const RESIZE_RESOURCES = ['cpu', 'memory'] as const;
export type ResizeResource = (typeof RESIZE_RESOURCES)[number];

export const RESIZE_POLICIES = ['NotRequired', 'RestartContainer'] as const;
export type ResizePolicy = (typeof RESIZE_POLICIES)[number];

export function resizePolicyList(container: ManifestPath): ManifestPath {
  return [...container, 'resizePolicy'];
}

/** What a resize of this resource does to the container. Its entry is known by the resource, which stands once in the list. */
export function resizePolicyField(container: ManifestPath, resource: ResizeResource): Field<ResizePolicy> {
  const entry = { key: { resourceName: resource } };
  return { path: [...resizePolicyList(container), entry, 'restartPolicy'], codec: choiceCodec(RESIZE_POLICIES) };
}

/** Sets the policy of one resource; undefined takes its entry away, since the server takes none without a policy. */
export function resizePolicyEdits(
  document: FormDocument,
  container: ManifestPath,
  resource: ResizeResource,
  policy: ResizePolicy | undefined,
): readonly ManifestEdit[] {
  const field = resizePolicyField(container, resource);
  if (policy !== undefined) return writeField(document, field, policy);
  if (readField(document, field).state !== 'present') return [];
  return [{ op: 'remove', path: field.path.slice(0, -1), pruneEmpty: 1 }];
}
