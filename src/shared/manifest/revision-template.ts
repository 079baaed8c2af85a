import { jsonEqual } from './json-equal.ts';
import { changedPointers, fieldPathOf, savePatch } from './json-patch.ts';
import { isJsonList, isJsonObject, toJsonText } from './json-value.ts';
import type { JsonObject, JsonValue } from './json-value.ts';
import { openManifest } from './manifest-text.ts';
import { applyManifestEdits } from './edit-manifest.ts';

/** The JSON object of a text, with every digit; undefined where there is none. */
function objectOf(jsonText: string): JsonObject | undefined {
  const opened = openManifest(jsonText);
  const content = opened.ok ? opened.manifest.documents[0]?.content : undefined;
  return content?.readable === true && isJsonObject(content.value) ? content.value : undefined;
}

/** The pod template of a DaemonSet's JSON text, as the server wrote it. */
export function templateOfDaemonSet(jsonText: string): JsonObject | undefined {
  return templateIn(objectOf(jsonText));
}

/**
 * The pod template that a ControllerRevision keeps. Its data is a strategic merge patch, `{spec: {template: {$patch: replace, …}}}`
 * (getPatch, pkg/controller/daemon/update.go, 1.37): the directive is no part of the template.
 */
export function templateOfRevision(jsonText: string): JsonObject | undefined {
  const template = templateIn(objectOf(jsonText)?.['data']);
  if (!template) return undefined;
  const { $patch: _, ...rest } = template;
  return rest;
}

/** A template as `daemonSet.readRevision` answers it. */
export function templateOfText(jsonText: string): JsonObject | undefined {
  return objectOf(jsonText);
}

function templateIn(object: JsonValue | undefined): JsonObject | undefined {
  const spec = isJsonObject(object) ? object['spec'] : undefined;
  const template = isJsonObject(spec) ? spec['template'] : undefined;
  return isJsonObject(template) ? template : undefined;
}

/** Whether two templates are the same one. Servers before 1.35 wrote `creationTimestamp: null` into each, which means nothing. */
export function isSameTemplate(a: JsonObject, b: JsonObject): boolean {
  return jsonEqual(withoutNullTime(a), withoutNullTime(b));
}

function withoutNullTime(template: JsonObject): JsonObject {
  const { metadata } = template;
  if (!isJsonObject(metadata) || metadata['creationTimestamp'] !== null) return template;
  const { creationTimestamp: _, ...rest } = metadata;
  return { ...template, metadata: rest };
}

/** Fields in which two templates differ, in the server's words: `spec.containers[0].image`. */
export function differingFields(before: JsonObject, after: JsonObject): readonly string[] {
  return changedPointers(savePatch(withoutNullTime(before), withoutNullTime(after))).map(fieldPathOf);
}

/**
 * A template as YAML to be compared line by line. The server writes a DaemonSet's keys in the order of its types and a revision's
 * by their letters: both are put in one order, `name` first.
 */
export function templateToCompare(template: JsonObject): string {
  const value = ordered(withoutNullTime(template));
  const written = applyManifestEdits('', 0, [{ op: 'set', path: [], value }]);
  return written.ok ? written.text : toJsonText(value);
}

function ordered(value: JsonValue): JsonValue {
  if (isJsonList(value)) return value.map(ordered);
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).map(([key, member]) => [key, ordered(member)] as const);
  return Object.fromEntries(entries.toSorted(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1)));
}

function rank(key: string): number {
  return key === 'name' ? 0 : 1;
}
