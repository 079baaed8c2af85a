import { asObject, objectAt, textAt } from './json-fields.ts';
import type { NamespaceRow } from './rows.ts';

/** The row of a v1 Namespace; never throws. */
export function toNamespaceRow(raw: unknown): NamespaceRow {
  const object = asObject(raw);
  const metadata = objectAt(object, 'metadata');
  return {
    uid: textAt(metadata, 'uid') ?? '',
    name: textAt(metadata, 'name') ?? '',
    resourceVersion: textAt(metadata, 'resourceVersion') ?? '',
    phase: textAt(objectAt(object, 'status'), 'phase') ?? '',
  };
}
