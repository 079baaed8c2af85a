import type { Clock } from '../../shared/clock.ts';
import type { ReadState, RowsItem } from '../../shared/contract/live.ts';
import { RowDelta } from '../kubernetes/row-delta.ts';
import { wait } from '../kubernetes/wait.ts';
import type { Lease, LiveRows } from '../live-rows.ts';
import { WakeUp } from './wake-up.ts';

/** A page draws once a frame: more batches than that are work for nothing. */
const FRAME_MS = 16;
/** From here on all rows may be fewer than those that wait. */
const MIN_DELTA = 256;

/** Rows of one item; about 1 ms to encode. */
const PART_ROWS = 500;

/**
 * All rows: one full item, or a full one and batches, so that a large table holds up neither side. Until the last of them the reader is told
 * that the list is still coming, as it is for the reader, and so keeps what it had.
 */
function* fullItems<Row>(source: LiveRows<Row>): Generator<RowsItem<Row>> {
  const rows = [...source.rows.values()];
  for (let from = 0; from === 0 || from < rows.length; from += PART_ROWS) {
    const part = rows.slice(from, from + PART_ROWS);
    const received = from + part.length;
    const remaining = rows.length - received;
    const state: ReadState = remaining === 0 ? source.state : { phase: 'listing', received, remaining };
    if (from === 0) yield { type: 'full', state, rows: part };
    else yield { type: 'batch', state, upserted: part, deletedUids: [] };
  }
}

/**
 * Rows for one reader: a full item, then batches merged by uid while the reader is behind, at most one per 16 ms. What waits is bounded
 * by twice the number of rows: beyond it the next item is full. Ends, and releases the lease, with the signal or with the reader.
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
  let limit = MIN_DELTA;
  const unsubscribe = source.subscribe((change) => {
    if (change.type === 'reset') full = true;
    if (change.type === 'rows' && !full) {
      for (const uid of change.deletedUids) delta.delete(uid);
      for (const row of change.upserted) delta.upsert(row);
    }
    if (delta.size > limit) {
      // Some sources build `rows` when they are asked for them: not at every change.
      const { size } = source.rows;
      if (delta.size > size) full = true;
      limit = Math.max(MIN_DELTA, 2 * size);
    }
    if (full) delta.clear();
    wakeUp.wake();
  });
  try {
    if (signal.aborted) return;
    yield* fullItems(source);
    let lastAt = clock.now();
    for (;;) {
      await wakeUp.sleep(signal);
      const early = lastAt + FRAME_MS - clock.now();
      if (early > 0) await wait(clock, early, signal);
      if (signal.aborted) return;
      wakeUp.clear();
      lastAt = clock.now();
      if (full) {
        full = false;
        yield* fullItems(source);
      } else yield { type: 'batch', state: source.state, ...delta.take() };
    }
  } finally {
    unsubscribe();
    lease.release();
  }
}
