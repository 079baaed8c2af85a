import type { ReadState } from '../shared/contract/live.ts';

/** What happened since the last call. `reset` means: read `rows` anew (a relist). State is always read from the source. */
export type RowsChange<Row> =
  | { readonly type: 'state' }
  | { readonly type: 'rows'; readonly upserted: readonly Row[]; readonly deletedUids: readonly string[] }
  | { readonly type: 'reset' };

/** Rows that follow a cluster, keyed by uid. Shared by all readers of one scope. */
export interface LiveRows<Row> {
  readonly state: ReadState;
  readonly rows: ReadonlyMap<string, Row>;
  /** Called synchronously on every change after the current state; answers the unsubscribing. */
  subscribe(listener: (change: RowsChange<Row>) => void): () => void;
}

/** A counted use of something shared; `release` is idempotent. */
export interface Lease<T> {
  readonly value: T;
  release(): void;
}
