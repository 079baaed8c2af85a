import type { ReadState } from '../../shared/contract/live.ts';
import type { Row } from '../../shared/kubernetes/rows.ts';
import type { Lease, LiveRows, RowsChange } from '../live-rows.ts';

/** Several scopes (namespaces) as one. The state is that of the worst part, so that "live" means all of it. */
export function joinLiveRows<R extends Row>(leases: readonly Lease<LiveRows<R>>[]): Lease<LiveRows<R>> {
  const [only] = leases;
  if (only && leases.length === 1) return only;
  const parts = leases.map((lease) => lease.value);
  return {
    value: {
      get state() {
        return worstState(parts.map((part) => part.state));
      },
      get rows() {
        return new Map(parts.flatMap((part) => [...part.rows]));
      },
      subscribe(listener) {
        // A row that goes from one part to another (a pod that is bound) is there still, whichever part tells first.
        const isElsewhere = (uid: string) => parts.some((part) => part.rows.has(uid));
        const ends = parts.map((part) =>
          part.subscribe((change) =>
            listener(
              change.type === 'rows' && change.deletedUids.some(isElsewhere)
                ? { ...change, deletedUids: change.deletedUids.filter((uid) => !isElsewhere(uid)) }
                : change,
            ),
          ),
        );
        return () => ends.forEach((end) => end());
      },
    },
    release: () => leases.forEach((lease) => lease.release()),
  };
}

/** Only the rows that `keep` lets through; a row that no longer passes is a deletion. */
export function filterLiveRows<R extends Row>(
  lease: Lease<LiveRows<R>>,
  keep: (row: R) => boolean,
): Lease<LiveRows<R>> {
  const source = lease.value;
  function filtered(change: RowsChange<R>): RowsChange<R> {
    if (change.type !== 'rows') return change;
    const upserted = change.upserted.filter(keep);
    const dropped = change.upserted.filter((row) => !keep(row)).map((row) => row.uid);
    return { type: 'rows', upserted, deletedUids: [...change.deletedUids, ...dropped] };
  }
  return {
    value: {
      get state() {
        return source.state;
      },
      get rows() {
        return new Map([...source.rows].filter(([, row]) => keep(row)));
      },
      subscribe: (listener) => source.subscribe((change) => listener(filtered(change))),
    },
    release: () => lease.release(),
  };
}

const RANK: Readonly<Record<ReadState['phase'], number>> = { live: 0, listing: 1, connecting: 2, stale: 3, failed: 4 };

function worstState(states: readonly ReadState[]): ReadState {
  let worst: ReadState | undefined;
  for (const state of states) if (!worst || RANK[state.phase] > RANK[worst.phase]) worst = state;
  if (worst?.phase !== 'listing') return worst ?? { phase: 'connecting' };
  const listing = states.filter((state) => state.phase === 'listing');
  return { phase: 'listing', received: listing.reduce((sum, state) => sum + state.received, 0) };
}
