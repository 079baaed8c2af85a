import { applyManifestEdits } from './edit-manifest.ts';
import { isJsonObject } from './json-value.ts';
import type { JsonObject, JsonValue } from './json-value.ts';
import { openManifest } from './manifest-text.ts';

/** Of ObjectMeta (k8s.io/apimachinery 0.37): what the API server writes, whatever a client sends. */
const SERVER_METADATA: ReadonlySet<string> = new Set([
  'creationTimestamp',
  'deletionGracePeriodSeconds',
  'deletionTimestamp',
  'generation',
  'managedFields',
  'resourceVersion',
  'selfLink',
  'uid',
]);

/** The object without its status and the metadata that only the API server writes. */
export function withoutServerFields({ status: _, ...object }: JsonObject): JsonObject {
  const { metadata } = object;
  if (!isJsonObject(metadata)) return object;
  const own = Object.entries(metadata).filter(([key]) => !SERVER_METADATA.has(key));
  return { ...object, metadata: Object.fromEntries(own) };
}

/** Finalizers that a delete with propagationPolicy puts on its object: made with one of them, an object would never quite go. */
const DELETION_FINALIZERS: ReadonlySet<unknown> = new Set(['foregroundDeletion', 'orphan']);

/**
 * The object as it can be made again. Beside what only the server writes go ownerReferences, since an owner is known by its uid and
 * one that is gone has the garbage collector delete the new object at once. All else stays: kubectl's last-applied annotation, so
 * that the next `kubectl apply` knows what it wrote, and deprecated.daemonset.template.generation, by which the controller tells
 * orphaned pods of an older template from those that are up to date.
 */
export function manifestToCreate(object: JsonObject): JsonObject {
  const { metadata, ...rest } = withoutServerFields(object);
  if (!isJsonObject(metadata)) return metadata === undefined ? rest : { ...rest, metadata };
  const { ownerReferences: _, ...own } = metadata;
  const { finalizers, ...others } = own;
  if (!Array.isArray(finalizers)) return { ...rest, metadata: own };
  const kept: readonly JsonValue[] = finalizers.filter((each: JsonValue) => !DELETION_FINALIZERS.has(each));
  return { ...rest, metadata: kept.length === 0 ? others : { ...own, finalizers: kept } };
}

/**
 * A live object as a text to edit: YAML without what only the server writes, in the server's order. The JSON itself where
 * it cannot be written as YAML that reads the same.
 */
export function textToEdit(jsonText: string): string {
  return asYaml(jsonText, withoutServerFields);
}

/** An object that was deleted, as a text to create: YAML, in the server's order, every digit kept. */
export function textToCreate(jsonText: string): string {
  return asYaml(jsonText, manifestToCreate);
}

/** A live object as YAML with every field; the JSON itself where it cannot be written as YAML that reads the same. */
export function textToRead(jsonText: string): string {
  return asYaml(jsonText, (object) => object);
}

function asYaml(jsonText: string, choose: (object: JsonObject) => JsonObject): string {
  const opened = openManifest(jsonText);
  const content = opened.ok ? opened.manifest.documents[0]?.content : undefined;
  if (content?.readable !== true || !isJsonObject(content.value)) return jsonText;
  const written = applyManifestEdits('', 0, [{ op: 'set', path: [], value: choose(content.value) }]);
  return written.ok ? written.text : jsonText;
}
