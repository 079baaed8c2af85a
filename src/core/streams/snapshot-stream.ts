import type { Clock } from '../../shared/clock.ts';
import type { RowsItem } from '../../shared/contract/live.ts';
import { RowDelta } from '../kubernetes/row-delta.ts';
import { wait } from '../kubernetes/wait.ts';
import type { Lease, LiveRows } from '../live-rows.ts';
import { WakeUp } from './wake-up.ts';

/** A page draws once a frame: more batches than that are work for nothing. */
const FRAME_MS = 16;
/** From here on a full item is the smaller one. */
const MIN_DELTA = 256;

function fullItem<Row>({ state, rows }: LiveRows<Row>): RowsItem<Row> {
  return { type: 'full', state, rows: [...rows.values()] };
}

/**
 * Rows for one reader: a full item, then batches merged by uid while the reader is behind, at most one per 16 ms. What waits is bounded
 * by the number of rows: beyond it the next item is full. Ends, and releases the lease, with the signal or with the reader.
 */
export async function* snapshotStream<Row extends { readonly uid: string }>(
  lease: Lease<LiveRows<Row>>,
  signal: AbortSignal,
  clock: Clock,
): AsyncGenerator<RowsItem<Row>, void> {
  const source = lease.value;
  const delta = new RowDelta<Row>();
  const wakeUp = new WakeUp();
  let full = false;
  const unsubscribe = source.subscribe((change) => {
    if (change.type === 'reset') full = true;
    if (change.type === 'rows' && !full) {
      for (const uid of change.deletedUids) delta.delete(uid);
      for (const row of change.upserted) delta.upsert(row);
    }
    // Some sources build `rows` when they are asked for them.
    if (delta.size > MIN_DELTA && delta.size > source.rows.size) full = true;
    if (full) delta.clear();
    wakeUp.wake();
  });
  try {
    if (signal.aborted) return;
    yield fullItem(source);
    let lastAt = clock.now();
    for (;;) {
      await wakeUp.sleep(signal);
      const early = lastAt + FRAME_MS - clock.now();
      if (early > 0) await wait(clock, early, signal);
      if (signal.aborted) return;
      wakeUp.clear();
      lastAt = clock.now();
      const item: RowsItem<Row> = full ? fullItem(source) : { type: 'batch', state: source.state, ...delta.take() };
      full = false;
      yield item;
    }
  } finally {
    unsubscribe();
    lease.release();
  }
}
