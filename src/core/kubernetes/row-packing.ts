import { isObject } from '../../shared/kubernetes/json-fields.ts';
import type { RowOf, RowResource } from '../../shared/kubernetes/rows.ts';

/**
 * Rows on their way from a decode worker: text, because JSON.parse makes rows in half the time and two thirds of the heap of a structured
 * clone. A shared field (SHARED_FIELDS) holds an index into `values`.
 */
export interface PackedRows {
  /** JSON of the rows. */
  readonly text: string;
  /** JSON of each different value of the shared fields. */
  readonly values: readonly string[];
}

/** Fields whose values most pods of a DaemonSet have in common. Timestamps, node names and addresses are not: a table of them costs more than it saves. */
export const SHARED_FIELDS: { readonly [R in RowResource]: readonly (keyof RowOf[R] & string)[] } = {
  daemonsets: [],
  pods: ['namespace', 'ownerUid', 'phase', 'reason', 'revisionHash', 'conditions', 'containers'],
  nodes: ['taints', 'kubeletVersion'],
  namespaces: ['phase'],
  controllerrevisions: [],
  events: ['namespace', 'type', 'reason', 'source'],
};

/** Values kept for sharing. A cluster with more different ones shares less, and holds no more than this. */
const LIMIT_VALUES = 20_000;

export function packRows<R extends RowResource>(resource: R, rows: readonly RowOf[R][]): PackedRows {
  const fields: readonly string[] = SHARED_FIELDS[resource];
  const indexes = new Map<string, number>();
  const packed = rows.map((row) => {
    const copy: Record<string, unknown> = { ...row };
    for (const field of fields) {
      if (copy[field] === undefined) continue;
      const value = JSON.stringify(copy[field]);
      const index = indexes.get(value) ?? indexes.size;
      indexes.set(value, index);
      copy[field] = index;
    }
    return copy;
  });
  return { text: JSON.stringify(packed), values: [...indexes.keys()] };
}

/** Makes rows of packed ones. Equal values of shared fields are one value in the heap, frozen, over all that it has unpacked. */
export class RowUnpacker {
  readonly #values = new Map<string, unknown>();

  /** The rows are those that the same build's packRows was given. */
  unpack<R extends RowResource>(resource: R, { text, values }: PackedRows): readonly RowOf[R][] {
    const fields: readonly string[] = SHARED_FIELDS[resource];
    const shared = values.map((value) => this.#shared(value));
    const rows = JSON.parse(text) as Record<string, unknown>[];
    for (const row of rows) {
      for (const field of fields) {
        const index = row[field];
        if (typeof index === 'number') row[field] = shared[index];
      }
    }
    return rows as unknown as readonly RowOf[R][];
  }

  /** As `unpack`, for a row that was decoded in this thread. */
  share<R extends RowResource>(resource: R, row: RowOf[R]): RowOf[R] {
    const fields: readonly string[] = SHARED_FIELDS[resource];
    const copy: Record<string, unknown> = { ...row };
    for (const field of fields) {
      if (copy[field] !== undefined) copy[field] = this.#shared(JSON.stringify(copy[field]));
    }
    return copy as unknown as RowOf[R];
  }

  #shared(text: string): unknown {
    const known = this.#values.get(text);
    if (known !== undefined) return known;
    if (this.#values.size >= LIMIT_VALUES) this.#values.clear();
    const value = freeze(JSON.parse(text));
    this.#values.set(text, value);
    return value;
  }
}

function freeze(value: unknown): unknown {
  if (Array.isArray(value)) value.forEach(freeze);
  else if (isObject(value)) Object.values(value).forEach(freeze);
  return Object.freeze(value);
}
