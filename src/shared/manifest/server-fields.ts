import { applyManifestEdits } from './edit-manifest.ts';
import { isJsonObject } from './json-value.ts';
import type { JsonObject } from './json-value.ts';
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

/**
 * A live object as a text to edit: YAML without what only the server writes, in the server's order. The JSON itself where
 * it cannot be written as YAML that reads the same.
 */
export function textToEdit(jsonText: string): string {
  return asYaml(jsonText, withoutServerFields);
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
