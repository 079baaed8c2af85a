import {
  asObject,
  at,
  field,
  flagAt,
  type JsonObject,
  numberAt,
  objectAt,
  objectsAt,
  stringMapAt,
  text,
  textAt,
} from '../../../shared/kubernetes/json-fields.ts';

/** One key of labels or annotations, of the DaemonSet and of its pods. */
export interface MetadataEntry {
  readonly key: string;
  readonly own?: string;
  readonly template?: string;
}

export interface OwnerReference {
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly isController: boolean;
}

/** Who wrote fields of the object, and when last (ManagedFieldsEntry). */
export interface FieldManager {
  readonly manager: string;
  readonly operation: string;
  /** '' for the object itself. */
  readonly subresource: string;
  /** RFC 3339; '' when it is not kept. */
  readonly time: string;
}

export interface Metadata {
  readonly labels: readonly MetadataEntry[];
  readonly annotations: readonly MetadataEntry[];
  readonly ownerReferences: readonly OwnerReference[];
  readonly finalizers: readonly string[];
  readonly uid: string;
  readonly resourceVersion: string;
  readonly creationTimestamp: string;
  readonly deletionTimestamp: string;
  readonly generation: number;
  readonly observedGeneration: number;
  /** Newest first. */
  readonly managers: readonly FieldManager[];
}

/** kubectl apply keeps the whole object here, values of variables included. */
export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** The metadata of a DaemonSet, parsed JSON. Never throws on odd objects. */
export function metadataOf(daemonSet: unknown): Metadata {
  const metadata = asObject(at(daemonSet, 'metadata'));
  const template = asObject(at(daemonSet, 'spec', 'template', 'metadata'));
  const finalizers = field(metadata, 'finalizers');
  return {
    labels: sideBySide(stringMapAt(metadata, 'labels'), stringMapAt(template, 'labels')),
    annotations: sideBySide(stringMapAt(metadata, 'annotations'), stringMapAt(template, 'annotations')),
    ownerReferences: objectsAt(metadata, 'ownerReferences').map((owner) => ({
      kind: textAt(owner, 'kind') ?? '',
      name: textAt(owner, 'name') ?? '',
      uid: textAt(owner, 'uid') ?? '',
      isController: flagAt(owner, 'controller'),
    })),
    finalizers: Array.isArray(finalizers) ? finalizers.map(text) : [],
    uid: textAt(metadata, 'uid') ?? '',
    resourceVersion: textAt(metadata, 'resourceVersion') ?? '',
    creationTimestamp: textAt(metadata, 'creationTimestamp') ?? '',
    deletionTimestamp: textAt(metadata, 'deletionTimestamp') ?? '',
    generation: numberAt(metadata, 'generation'),
    observedGeneration: numberAt(objectAt(asObject(daemonSet), 'status'), 'observedGeneration'),
    managers: objectsAt(metadata, 'managedFields')
      .map(managerOf)
      .toSorted((a, b) => (a.time < b.time ? 1 : a.time > b.time ? -1 : 0)),
  };
}

function managerOf(entry: JsonObject): FieldManager {
  return {
    manager: textAt(entry, 'manager') ?? '',
    operation: textAt(entry, 'operation') ?? '',
    subresource: textAt(entry, 'subresource') ?? '',
    time: textAt(entry, 'time') ?? '',
  };
}

function sideBySide(
  own: Readonly<Record<string, string>>,
  template: Readonly<Record<string, string>>,
): readonly MetadataEntry[] {
  const keys = [...new Set([...Object.keys(own), ...Object.keys(template)])].toSorted();
  return keys.map((key) => ({
    key,
    ...(Object.hasOwn(own, key) && { own: own[key] ?? '' }),
    ...(Object.hasOwn(template, key) && { template: template[key] ?? '' }),
  }));
}

/** Those whose key or value has the text, whatever its case. */
export function filterEntries(entries: readonly MetadataEntry[], filter: string): readonly MetadataEntry[] {
  const wanted = filter.trim().toLowerCase();
  return entries.filter(({ key, own = '', template = '' }) =>
    `${key}\n${own}\n${template}`.toLowerCase().includes(wanted),
  );
}
