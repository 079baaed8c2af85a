import type { ManifestEdit } from '../../manifest/manifest-edit.ts';
import type { ManifestPath } from '../../manifest/manifest-path.ts';
import { type FormDocument, itemsAt, textOf } from '../form-document.ts';

/** A key of a ConfigMap or Secret and the file that it becomes. */
export interface FileItem {
  readonly key: string;
  readonly path: string;
}

function listOf(volume: ManifestPath, kind: 'configMap' | 'secret'): ManifestPath {
  return [...volume, kind, 'items'];
}

/** The keys that become files; none means every key. */
export function fileItems(
  { manifest }: FormDocument,
  volume: ManifestPath,
  kind: 'configMap' | 'secret',
): readonly FileItem[] {
  return itemsAt(manifest, listOf(volume, kind)).map((item) => ({
    key: textOf(item, 'key'),
    path: textOf(item, 'path'),
  }));
}

/** Adds and removes keys, each written `key` or `key=path`; those that stay keep their modes and comments. */
export function fileItemEdits(
  document: FormDocument,
  volume: ManifestPath,
  kind: 'configMap' | 'secret',
  written: readonly string[],
): readonly ManifestEdit[] {
  const path = listOf(volume, kind);
  const before = fileItems(document, volume, kind);
  const after = written.map(parseItem);
  const isIn = (items: readonly FileItem[], item: FileItem) =>
    items.some((each) => each.key === item.key && each.path === item.path);
  const gone = before.map((item, index) => ({ item, index })).filter(({ item }) => !isIn(after, item));
  return [
    // From the last to the first, so that an index still means what it meant.
    ...gone.toReversed().map(({ index }): ManifestEdit => ({ op: 'remove', path: [...path, index], pruneEmpty: 1 })),
    ...after
      .filter((item) => !isIn(before, item))
      .map((item): ManifestEdit => ({ op: 'insert', path, at: 'end', value: { key: item.key, path: item.path } })),
  ];
}

function parseItem(text: string): FileItem {
  const at = text.indexOf('=');
  return at === -1 ? { key: text, path: text } : { key: text.slice(0, at), path: text.slice(at + 1) };
}
