import type { AppErrorData } from '../errors/app-error.ts';

/** Where a live read stands. Times are milliseconds since 1970. Rows stay on screen in every phase but the first. */
export type ReadState =
  | { readonly phase: 'connecting' }
  | { readonly phase: 'listing'; readonly received: number; readonly remaining?: number }
  | { readonly phase: 'live'; readonly since: number }
  | { readonly phase: 'stale'; readonly since: number; readonly error: AppErrorData; readonly retryAt?: number }
  | { readonly phase: 'failed'; readonly error: AppErrorData; readonly retryAt?: number };

/**
 * One item of a `snapshot` stream: the first is full, later ones are merged by uid while the reader is behind.
 * A `full` item may come again (a relist): it replaces all rows at once.
 */
export type RowsItem<Row> =
  | { readonly type: 'full'; readonly state: ReadState; readonly rows: readonly Row[] }
  | {
      readonly type: 'batch';
      readonly state: ReadState;
      readonly upserted: readonly Row[];
      readonly deletedUids: readonly string[];
    };

/** One item of a `latest` stream: only the newest value waits for a slow reader. */
export interface ValueItem<Value> {
  readonly state: ReadState;
  readonly value?: Value;
}
