import type { SecretOffer } from '../../../shared/contract/offers.ts';
import { at, type JsonObject, objectAt, objectsAt, text, textAt } from '../../../shared/kubernetes/json-fields.ts';

/**
 * The server prints ConfigMaps and Secrets without their values (pkg/printers/internalversion/printers.go 1.37: Name, Type, Data, Age),
 * so a list of them never carries what they hold.
 */
export const TABLE_WITHOUT_OBJECTS = {
  accept: 'application/json;as=Table;v=v1;g=meta.k8s.io, application/json',
  query: { includeObject: 'None' },
} as const;

/** Names with the number of keys, of a Table; of a list too, should a server not print Tables. `type` is '' for ConfigMaps. */
export function countedKeys(body: JsonObject): readonly SecretOffer[] {
  if (body['kind'] !== 'Table') return objectsAt(body, 'items').map(ofObject);
  const columns = objectsAt(body, 'columnDefinitions').map((column) => textAt(column, 'name') ?? '');
  return objectsAt(body, 'rows').map((row) => {
    const cells = Array.isArray(row['cells']) ? row['cells'] : [];
    const cell = (name: string): unknown => cells[columns.indexOf(name)];
    return { name: text(cell('Name')), type: text(cell('Type')), keyCount: Number(cell('Data') ?? 0) };
  });
}

function ofObject(object: JsonObject): SecretOffer {
  return {
    name: text(at(object, 'metadata', 'name')),
    type: textAt(object, 'type') ?? '',
    keyCount: keysOf(object).length,
  };
}

/** Keys of `data` and `binaryData`, sorted: the two share one name space (core/validation, 1.37). */
export function keysOf(object: JsonObject): readonly string[] {
  return [...Object.keys(objectAt(object, 'data')), ...Object.keys(objectAt(object, 'binaryData'))].toSorted();
}
