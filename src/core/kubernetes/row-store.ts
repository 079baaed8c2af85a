import type { Row } from '../../shared/kubernetes/rows.ts';
import { RowDelta } from './row-delta.ts';

/** Rows by uid. A namesake with a new uid is another object: the old one goes when the new one comes. */
export class RowStore<T extends Row> {
  readonly #rows = new Map<string, T>();
  /** By namespace ('' without one), then by name. */
  readonly #uids = new Map<string, Map<string, string>>();
  readonly #delta = new RowDelta<T>();

  get rows(): ReadonlyMap<string, T> {
    return this.#rows;
  }

  upsert(row: T): void {
    const names = this.#names(row);
    const previousUid = names.get(row.name);
    if (previousUid !== undefined && previousUid !== row.uid) this.delete(previousUid);
    names.set(row.name, row.uid);
    this.#rows.set(row.uid, row);
    this.#delta.upsert(row);
  }

  delete(uid: string): void {
    const row = this.#rows.get(uid);
    if (row === undefined) return;
    this.#rows.delete(uid);
    const names = this.#names(row);
    if (names.get(row.name) === uid) names.delete(row.name);
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

  #names({ namespace = '' }: Row): Map<string, string> {
    const names = this.#uids.get(namespace) ?? new Map<string, string>();
    this.#uids.set(namespace, names);
    return names;
  }
}
