import { isJsonObject } from '../../manifest/json-value.ts';
import type { ManifestEdit } from '../../manifest/manifest-edit.ts';
import type { ManifestPath } from '../../manifest/manifest-path.ts';
import { textCodec, textMapCodec } from '../codec.ts';
import { type Field, presentValue, writeField } from '../field.ts';
import { type FormDocument, valueAt } from '../form-document.ts';
import { ALIAS_ANNOTATION, DESCRIPTION_ANNOTATION } from '../rules/metadata-rules.ts';

type TextMap = readonly (readonly [key: string, value: string])[];

export const NAME: Field<string> = { path: ['metadata', 'name'], codec: textCodec };
export const NAMESPACE: Field<string> = { path: ['metadata', 'namespace'], codec: textCodec };
export const ALIAS: Field<string> = {
  path: ['metadata', 'annotations', ALIAS_ANNOTATION],
  codec: textCodec,
  pruneEmpty: 1,
};
export const DESCRIPTION: Field<string> = {
  path: ['metadata', 'annotations', DESCRIPTION_ANNOTATION],
  codec: textCodec,
  pruneEmpty: 1,
};
export const LABELS: Field<TextMap> = { path: ['metadata', 'labels'], codec: textMapCodec };
export const ANNOTATIONS: Field<TextMap> = { path: ['metadata', 'annotations'], codec: textMapCodec };
export const MATCH_LABELS: Field<TextMap> = { path: ['spec', 'selector', 'matchLabels'], codec: textMapCodec };
export const POD_LABELS: Field<TextMap> = {
  path: ['spec', 'template', 'metadata', 'labels'],
  codec: textMapCodec,
};
export const POD_ANNOTATIONS: Field<TextMap> = {
  path: ['spec', 'template', 'metadata', 'annotations'],
  codec: textMapCodec,
};

/** The label by which a new DaemonSet knows its pods: its name, cut to what a label's value takes. */
export function defaultAppLabel(name: string): string {
  return name.slice(0, 63).replace(/[^A-Za-z0-9]+$/, '');
}

/**
 * Names a new DaemonSet. Selector and pod label `app` follow as long as both hold what the old name gave them, or
 * there is no selector yet.
 */
export function nameEdits(document: FormDocument, name: string): readonly ManifestEdit[] {
  const edits = writeField(document, NAME, name === '' ? undefined : name);
  const follows = appLabelFollows(document);
  const label = defaultAppLabel(name);
  if (!follows || label === '') return edits;
  const paths: readonly ManifestPath[] = [
    [...MATCH_LABELS.path, 'app'],
    [...POD_LABELS.path, 'app'],
  ];
  return [...edits, ...paths.flatMap((path) => writeField(document, { path, codec: textCodec }, label))];
}

function appLabelFollows(document: FormDocument): boolean {
  const { manifest } = document;
  const matchLabels = valueAt(manifest, MATCH_LABELS.path);
  const hasSelector = valueAt(manifest, ['spec', 'selector', 'matchExpressions']) !== undefined;
  if (!isJsonObject(matchLabels) || Object.keys(matchLabels).length === 0) return !hasSelector;
  const old = defaultAppLabel(presentValue(document, NAME) ?? '');
  return matchLabels['app'] === old && valueAt(manifest, [...POD_LABELS.path, 'app']) === old;
}

/** Gives selector and pods this label in one step; an undefined value takes it from both. */
export function selectorLabelEdits(
  document: FormDocument,
  key: string,
  value: string | undefined,
): readonly ManifestEdit[] {
  return [MATCH_LABELS, POD_LABELS].flatMap(({ path }) =>
    writeField(document, { path: [...path, key], codec: textCodec }, value),
  );
}

/** Changes one entry of a map of strings; with a new key the entry keeps its place and its comments. */
export function mapEntryEdits(
  document: FormDocument,
  map: Field<TextMap>,
  entry: { readonly before?: string; readonly key: string; readonly value: string },
): readonly ManifestEdit[] {
  const { before, key, value } = entry;
  const renamed: readonly ManifestEdit[] =
    before !== undefined && before !== key ? [{ op: 'rename', path: [...map.path, before], to: key }] : [];
  if (before !== undefined && valueAt(document.manifest, [...map.path, before]) === value) return renamed;
  return [...renamed, { op: 'set', path: [...map.path, key], value }];
}

export function removeEntryEdits(map: Field<TextMap>, key: string): readonly ManifestEdit[] {
  return [{ op: 'remove', path: [...map.path, key], pruneEmpty: 1 }];
}
