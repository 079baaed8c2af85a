import type { Lease, LiveRows, RowsChange } from '../../src/core/live-rows.ts';
import { snapshotStream } from '../../src/core/streams/snapshot-stream.ts';
import type { RowsItem } from '../../src/shared/contract/live.ts';
import type { NamespaceRow } from '../../src/shared/kubernetes/rows.ts';
import { hastyClock } from './hasty-clock.ts';

/** Namespaces of a cluster that a test drives, with those who read them counted. */
export class NamespaceSource {
  readers = 0;
  readonly rows = new Map<string, NamespaceRow>();
  /** Items that were pulled out of the streams. */
  pulled = 0;
  readonly #listeners = new Set<(change: RowsChange<NamespaceRow>) => void>();

  upsert(row: NamespaceRow): void {
    this.rows.set(row.uid, row);
    this.#tell({ type: 'rows', upserted: [row], deletedUids: [] });
  }

  delete(uid: string): void {
    this.rows.delete(uid);
    this.#tell({ type: 'rows', upserted: [], deletedUids: [uid] });
  }

  async *watch(signal: AbortSignal): AsyncGenerator<RowsItem<NamespaceRow>, void> {
    for await (const item of snapshotStream(this.#lease(), signal, hastyClock)) {
      this.pulled += 1;
      yield item;
    }
  }

  #lease(): Lease<LiveRows<NamespaceRow>> {
    this.readers += 1;
    let held = true;
    return {
      value: {
        state: { phase: 'live', since: 1 },
        rows: this.rows,
        subscribe: (listener) => {
          this.#listeners.add(listener);
          return () => this.#listeners.delete(listener);
        },
      },
      release: () => {
        if (held) this.readers -= 1;
        held = false;
      },
    };
  }

  #tell(change: RowsChange<NamespaceRow>): void {
    for (const listener of this.#listeners) listener(change);
  }
}
