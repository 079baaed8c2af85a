import type { Row } from '../../shared/kubernetes/rows.ts';
import { RowDelta } from './row-delta.ts';

/** Rows by uid. A namesake with a new uid is another object: the old one goes when the new one comes. */
export class RowStore<T extends Row> {
  readonly #rows = new Map<string, T>();
  readonly #uidByName = new Map<string, string>();
  readonly #delta = new RowDelta<T>();

  get rows(): ReadonlyMap<string, T> {
    return this.#rows;
  }

  upsert(row: T): void {
    const name = nameOf(row);
    const previousUid = this.#uidByName.get(name);
    if (previousUid !== undefined && previousUid !== row.uid) this.delete(previousUid);
    this.#uidByName.set(name, row.uid);
    this.#rows.set(row.uid, row);
    this.#delta.upsert(row);
  }

  delete(uid: string): void {
    const row = this.#rows.get(uid);
    if (row === undefined) return;
    this.#rows.delete(uid);
    const name = nameOf(row);
    if (this.#uidByName.get(name) === uid) this.#uidByName.delete(name);
    this.#delta.delete(uid);
  }

  /** Removes what a finished list did not hold. */
  retain(uids: ReadonlySet<string>): void {
    for (const uid of [...this.#rows.keys()]) if (!uids.has(uid)) this.delete(uid);
  }

  /** Puts a whole new list in the place of the rows; an unchanged row stays the same value. */
  replaceAll(rows: readonly T[]): void {
    this.retain(new Set(rows.map((row) => row.uid)));
    for (const row of rows) {
      if (this.#rows.get(row.uid)?.resourceVersion !== row.resourceVersion) this.upsert(row);
    }
    this.#delta.clear();
  }

  /** What changed since the last call; undefined when nothing did. */
  takeDelta(): { readonly upserted: readonly T[]; readonly deletedUids: readonly string[] } | undefined {
    return this.#delta.size === 0 ? undefined : this.#delta.take();
  }
}

function nameOf(row: Row): string {
  return `${row.namespace ?? ''}/${row.name}`;
}
