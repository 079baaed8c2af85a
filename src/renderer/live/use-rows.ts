import { useCallback, useMemo, useSyncExternalStore } from 'react';
import type { RowsItem } from '../../shared/contract/live.ts';
import type { LiveKey, LiveSource, Opens } from './live-registry.ts';
import type { LiveRow, RowsSnapshot, RowsStore } from './rows-store.ts';
import { useServices } from './services.ts';

export interface LiveRows<Row extends LiveRow> extends RowsSnapshot<Row> {
  readonly store: RowsStore<Row>;
  /** Opens the stream anew; rows stay. */
  readonly retry: () => void;
}

/** The source alone, for a component that passes it on and shows no rows itself. `key` says everything that `open` depends on. */
export function useRowsSource<Row extends LiveRow>(
  key: LiveKey,
  open: Opens<RowsItem<Row>>,
): LiveSource<RowsStore<Row>> {
  const { live } = useServices();
  const id = JSON.stringify(key);
  // `open` is new at every render; the key names all that it depends on.
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  return useMemo(() => live.rows(key, open), [live, id]);
}

/** A live table: rows and the state of the read, at most one render per frame. */
export function useRows<Row extends LiveRow>(key: LiveKey, open: Opens<RowsItem<Row>>): LiveRows<Row> {
  const source = useRowsSource(key, open);
  const snapshot = useSyncExternalStore(source.subscribe, source.store.getSnapshot);
  return { ...snapshot, store: source.store, retry: source.retry };
}

/** One row of a store that somebody else keeps open: renders only when this row changes. */
export function useRow<Row extends LiveRow>(store: RowsStore<Row>, uid: string): Row | undefined {
  const subscribe = useCallback((listener: () => void) => store.subscribeRow(uid, listener), [store, uid]);
  return useSyncExternalStore(subscribe, () => store.getRow(uid));
}
