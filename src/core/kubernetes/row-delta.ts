/** The net effect of many changes: a uid is either upserted or deleted, whichever came last. */
export class RowDelta<T extends { readonly uid: string }> {
  readonly #upserted = new Map<string, T>();
  readonly #deleted = new Set<string>();

  get size(): number {
    return this.#upserted.size + this.#deleted.size;
  }

  upsert(row: T): void {
    this.#deleted.delete(row.uid);
    this.#upserted.set(row.uid, row);
  }

  delete(uid: string): void {
    this.#upserted.delete(uid);
    this.#deleted.add(uid);
  }

  /** What has come together, and begins anew. */
  take(): { readonly upserted: readonly T[]; readonly deletedUids: readonly string[] } {
    const taken = { upserted: [...this.#upserted.values()], deletedUids: [...this.#deleted] };
    this.clear();
    return taken;
  }

  clear(): void {
    this.#upserted.clear();
    this.#deleted.clear();
  }
}
