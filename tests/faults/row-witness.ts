import type { Row } from '../../src/shared/kubernetes/rows.ts';

/** A reader of live rows that believes nothing: it keeps what it is told, as a page does, and remembers all of it. */
export class RowWitness<R extends Row> {
  /** What was shown and cannot be, in words. */
  readonly lies: string[] = [];
  readonly #rows = new Map<string, R>();
  readonly #ever = new Map<string, R>();

  get rows(): ReadonlyMap<string, R> {
    return this.#rows;
  }

  /** All rows at once, as after a relist. */
  replaceAll(rows: readonly R[]): void {
    for (const row of rows) this.#see(row);
    this.#rows.clear();
    for (const row of rows) this.#rows.set(row.uid, row);
    this.#lookForNamesakes();
  }

  apply(upserted: readonly R[], deletedUids: readonly string[]): void {
    for (const uid of deletedUids) this.#rows.delete(uid);
    for (const row of upserted) {
      this.#see(row);
      this.#rows.set(row.uid, row);
    }
    this.#lookForNamesakes();
  }

  /** @param truth uid to resourceVersion of what is there */
  equals(truth: ReadonlyMap<string, string>): boolean {
    if (this.#rows.size !== truth.size) return false;
    return [...this.#rows.values()].every((row) => truth.get(row.uid) === row.resourceVersion);
  }

  /** What was shown at any time in a version that never was. */
  inventions(everWas: (row: R) => boolean): readonly string[] {
    return [...this.#ever.values()]
      .filter((row) => !everWas(row))
      .map((row) => `never was: ${row.name} ${row.uid}@${row.resourceVersion}`);
  }

  #see(row: R): void {
    this.#ever.set(`${row.uid}@${row.resourceVersion}`, row);
    const before = this.#rows.get(row.uid);
    // Versions are opaque to the application; the servers of these tests count them up.
    if (before && Number(before.resourceVersion) > Number(row.resourceVersion)) {
      this.lies.push(`back in time: ${row.name} ${before.resourceVersion} to ${row.resourceVersion}`);
    }
  }

  #lookForNamesakes(): void {
    const names = [...this.#rows.values()].map((row) => `${row.namespace ?? ''}/${row.name}`);
    if (new Set(names).size < names.length) this.lies.push(`two of one name: ${names.join(', ')}`);
  }
}
