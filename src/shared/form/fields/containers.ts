import { isJsonObject } from '../../manifest/json-value.ts';
import type { JsonObject, JsonValue } from '../../manifest/json-value.ts';
import type { ManifestEdit } from '../../manifest/manifest-edit.ts';
import type { ManifestPath } from '../../manifest/manifest-path.ts';
import { type FormDocument, itemsAt, textOf } from '../form-document.ts';
import { POD } from './pod-fields.ts';

/** A worker, an init container, or a sidecar: an init container that restarts always. */
export const CONTAINER_TYPES = ['worker', 'init', 'sidecar'] as const;
export type ContainerType = (typeof CONTAINER_TYPES)[number];

/** One container of the pod template, as the form's list shows it. */
export interface ContainerEntry {
  readonly type: ContainerType;
  readonly name: string;
  readonly image: string;
  /** By name where it is the only one of it, else by index. */
  readonly path: ManifestPath;
  readonly index: number;
}

export const WORKERS: ManifestPath = [...POD, 'containers'];
export const INIT_CONTAINERS: ManifestPath = [...POD, 'initContainers'];

/** Init containers and sidecars in the order in which they start, then the workers. */
export function containersOf({ manifest }: FormDocument): readonly ContainerEntry[] {
  return [...entriesOf(manifest, INIT_CONTAINERS), ...entriesOf(manifest, WORKERS)];
}

function entriesOf(manifest: JsonObject, list: ManifestPath): readonly ContainerEntry[] {
  const items = itemsAt(manifest, list);
  return items.map((item, index) => ({
    type: typeOf(item, list),
    name: textOf(item, 'name'),
    image: textOf(item, 'image'),
    path: itemPath(items, list, index, 'name'),
    index,
  }));
}

function typeOf(item: JsonValue, list: ManifestPath): ContainerType {
  if (list === WORKERS) return 'worker';
  return textOf(item, 'restartPolicy') === 'Always' ? 'sidecar' : 'init';
}

/** The address of a list item: by its merge key when that is written and the only one, else by index. */
export function itemPath(
  items: readonly JsonValue[],
  list: ManifestPath,
  index: number,
  mergeKey: string,
): ManifestPath {
  const value = textOf(items[index], mergeKey);
  const isOnly = value !== '' && items.filter((item) => textOf(item, mergeKey) === value).length === 1;
  return [...list, isOnly ? { key: { [mergeKey]: value } } : index];
}

export function listOf(type: ContainerType): ManifestPath {
  return type === 'worker' ? WORKERS : INIT_CONTAINERS;
}

/** Adds a container at the end of its list. */
export function addContainerEdits(
  document: FormDocument,
  type: ContainerType,
  image: string,
): { readonly name: string; readonly edits: readonly ManifestEdit[] } {
  const name = freeName(document, nameFromImage(image));
  const restart: JsonObject = type === 'sidecar' ? { restartPolicy: 'Always' } : {};
  const value: JsonObject = { name, ...(image === '' ? {} : { image }), ...restart };
  return { name, edits: [{ op: 'insert', path: listOf(type), at: 'end', value }] };
}

/**
 * Gives a container another image. Its name follows while it is the one that the image before gave it: until somebody
 * has chosen one.
 */
export function imageEdits(document: FormDocument, container: ManifestPath, image: string): readonly ManifestEdit[] {
  const entry = containersOf(document).find(({ path }) => JSON.stringify(path) === JSON.stringify(container));
  const path = [...container, 'image'];
  const written: ManifestEdit = image === '' ? { op: 'remove', path } : { op: 'set', path, value: image };
  if (!entry) return [written];
  const given = nameFromImage(entry.image);
  const isGiven = entry.name === '' || entry.name === given || new RegExp(`^${given}-[0-9]+$`).test(entry.name);
  const wanted = nameFromImage(image);
  if (!isGiven || wanted === given) return [written];
  // The name last: it may be what the container is addressed by.
  return [written, { op: 'set', path: [...container, 'name'], value: freeName(document, wanted, entry.name) }];
}

/** A second one like it, behind it, under a name of its own. */
export function duplicateContainerEdits(document: FormDocument, entry: ContainerEntry): readonly ManifestEdit[] {
  const list = listOf(entry.type);
  const item = itemsAt(document.manifest, list)[entry.index];
  if (!isJsonObject(item)) return [];
  const value = { ...item, name: freeName(document, `${entry.name.slice(0, 58)}-copy`) };
  return [{ op: 'insert', path: list, at: entry.index + 1, value }];
}

export function removeContainerEdits({ type, path }: ContainerEntry): readonly ManifestEdit[] {
  // The list of workers must be there, even when its last one goes: the form then says that one is needed.
  return [{ op: 'remove', path, pruneEmpty: type === 'worker' ? 0 : 1 }];
}

export function moveContainerEdits({ path }: ContainerEntry, to: number): readonly ManifestEdit[] {
  return [{ op: 'move', path, to }];
}

const NOT_FOR_INIT = ['livenessProbe', 'readinessProbe', 'startupProbe', 'lifecycle'];

/**
 * Makes a container a worker, an init container or a sidecar: without what the server refuses there (an init container
 * has no probes) and with or without `restartPolicy: Always`. Its lines and comments go with it to the end of the other
 * list; an init list that is left empty goes.
 */
export function containerTypeEdits(
  { manifest }: FormDocument,
  entry: ContainerEntry,
  type: ContainerType,
): readonly ManifestEdit[] {
  if (type === entry.type) return [];
  const { path } = entry;
  const item = itemsAt(manifest, listOf(entry.type))[entry.index];
  if (!isJsonObject(item)) return [];
  const dropped = type === 'init' ? NOT_FOR_INIT.filter((key) => Object.hasOwn(item, key)) : [];
  const restart: ManifestEdit =
    type === 'sidecar'
      ? { op: 'set', path: [...path, 'restartPolicy'], value: 'Always' }
      : { op: 'remove', path: [...path, 'restartPolicy'] };
  const changed = [...dropped.map((key): ManifestEdit => ({ op: 'remove', path: [...path, key] })), restart];
  const into = listOf(type);
  if (into === listOf(entry.type)) return changed;
  return [...changed, { op: 'transfer', path, into, at: 'end', pruneEmpty: entry.type === 'worker' ? 0 : 1 }];
}

/** What goes with a change of type, for the question before it. */
export function lostByType({ manifest }: FormDocument, entry: ContainerEntry, type: ContainerType): readonly string[] {
  const item = itemsAt(manifest, listOf(entry.type))[entry.index];
  if (type !== 'init' || !isJsonObject(item)) return [];
  return NOT_FOR_INIT.filter((key) => Object.hasOwn(item, key));
}

/** A container's name from its image: the repository's last part, as a DNS label. */
export function nameFromImage(image: string): string {
  const repository = image.replace(/@.*$/, '').replace(/:[^:/]*$/, '');
  const last = repository.split('/').at(-1) ?? '';
  const label = last
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .slice(0, 63);
  return label.replace(/^-+|-+$/g, '') || 'container';
}

function freeName(document: FormDocument, wanted: string, own?: string): string {
  const names = containersOf(document).map(({ name }) => name);
  const taken = new Set(names.filter((name) => name !== own));
  if (!taken.has(wanted)) return wanted;
  const stem = wanted.slice(0, 60);
  for (let number = 2; ; number += 1) {
    if (!taken.has(`${stem}-${number}`)) return `${stem}-${number}`;
  }
}
