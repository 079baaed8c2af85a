import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../../tests/fakes/fake-clock.ts';
import type { ReadState, RowsItem } from '../../shared/contract/live.ts';
import type { RowsChange } from '../live-rows.ts';
import { snapshotStream } from './snapshot-stream.ts';

interface ARow {
  readonly uid: string;
  readonly n: number;
}

/** Rows that a test changes by hand. */
class RowsByHand {
  readonly rows = new Map<string, ARow>();
  readonly listeners = new Set<(change: RowsChange<ARow>) => void>();
  state: ReadState = { phase: 'live', since: 1 };
  released = 0;

  readonly lease = { value: this, release: () => void (this.released += 1) };

  subscribe(listener: (change: RowsChange<ARow>) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  put(uid: string, n: number): void {
    const row = { uid, n };
    this.rows.set(uid, row);
    this.tell({ type: 'rows', upserted: [row], deletedUids: [] });
  }

  remove(uid: string): void {
    this.rows.delete(uid);
    this.tell({ type: 'rows', upserted: [], deletedUids: [uid] });
  }

  tell(change: RowsChange<ARow>): void {
    for (const listener of this.listeners) listener(change);
  }
}

function aRow(rows: Map<string, ARow>, n: number): ARow {
  const row = { uid: `pod-${n}`, n };
  rows.set(row.uid, row);
  return row;
}

function open() {
  const source = new RowsByHand();
  const clock = new FakeClock();
  const controller = new AbortController();
  const stream = snapshotStream(source.lease, controller.signal, clock);
  return { source, clock, controller, stream };
}

/** The next item, with time let pass for the frame. */
async function next(
  stream: AsyncGenerator<RowsItem<ARow>, void>,
  clock: FakeClock,
): Promise<RowsItem<ARow> | undefined> {
  const coming = stream.next();
  await clock.advance(16);
  const result = await coming;
  return result.done === true ? undefined : result.value;
}

describe('a snapshot stream', () => {
  it('begins with everything, then sends what changed', async () => {
    const { source, clock, stream } = open();
    source.rows.set('a', { uid: 'a', n: 1 });
    expect(await next(stream, clock)).toEqual({ type: 'full', state: source.state, rows: [{ uid: 'a', n: 1 }] });
    source.put('b', 1);
    expect(await next(stream, clock)).toEqual({
      type: 'batch',
      state: source.state,
      upserted: [{ uid: 'b', n: 1 }],
      deletedUids: [],
    });
    await stream.return();
    expect(source.released).toBe(1);
    expect(source.listeners.size).toBe(0);
  });

  it('merges by uid what happens while the reader is behind, the last state of each kept', async () => {
    const { source, clock, stream } = open();
    await next(stream, clock);
    for (let n = 1; n <= 1000; n++) source.put('a', n);
    source.put('gone', 1);
    source.remove('gone');
    source.remove('again');
    source.put('again', 2);
    expect(await next(stream, clock)).toMatchObject({
      upserted: [
        { uid: 'a', n: 1000 },
        { uid: 'again', n: 2 },
      ],
      deletedUids: ['gone'],
    });
  });

  it('sends at most one batch in 16 ms', async () => {
    const { source, clock, stream } = open();
    await stream.next();
    source.put('a', 1);
    const coming = stream.next();
    let arrived = false;
    void coming.then(() => {
      arrived = true;
    });
    await clock.advance(15);
    source.put('a', 2);
    expect(arrived).toBe(false);
    await clock.advance(1);
    expect((await coming).value).toMatchObject({ upserted: [{ uid: 'a', n: 2 }] });
  });

  it('sends no empty batch after a change that went into the one before', async () => {
    const { source, clock, stream } = open();
    await next(stream, clock);
    const coming = stream.next();
    source.put('a', 1);
    await clock.advance(5);
    source.put('b', 1);
    await clock.advance(20);
    await coming;
    let more = false;
    void stream.next().then(() => {
      more = true;
    });
    await clock.advance(1000);
    expect(more).toBe(false);
  });

  it('holds no more than the rows for a reader that never reads, and then sends all at once', async () => {
    const { source, clock, stream } = open();
    await next(stream, clock);
    for (let n = 0; n < 10_000; n++) {
      source.put(`pod-${n}`, n);
      if (n >= 3) source.remove(`pod-${n - 3}`);
    }
    const item = await next(stream, clock);
    expect(item).toMatchObject({ type: 'full' });
    expect(item?.type === 'full' ? item.rows.map((row) => row.uid) : []).toEqual(['pod-9997', 'pod-9998', 'pod-9999']);
  });

  it('sends a large table in parts, which say how much is to come, and what changed meanwhile after them', async () => {
    const { source, clock, stream } = open();
    for (let n = 0; n < 1001; n++) source.rows.set(`pod-${n}`, { uid: `pod-${n}`, n });
    const first = await next(stream, clock);
    expect(first).toMatchObject({ type: 'full', state: { phase: 'listing', received: 500, remaining: 501 } });
    source.remove('pod-1000');
    source.put('pod-0', 7);
    const second = await next(stream, clock);
    expect(second).toMatchObject({ type: 'batch', state: { phase: 'listing', received: 1000, remaining: 1 } });
    expect(await next(stream, clock)).toMatchObject({ state: source.state, upserted: [{ uid: 'pod-1000' }] });
    expect(await next(stream, clock)).toMatchObject({ upserted: [{ uid: 'pod-0', n: 7 }], deletedUids: ['pod-1000'] });
    const rows = [first, second].flatMap((item) => (item?.type === 'full' ? item.rows : (item?.upserted ?? [])));
    expect(new Set(rows.map((row) => row.uid)).size).toBe(1000);
  });

  it('asks a source for all its rows only as often as they double while a reader is behind', async () => {
    const { source, clock, stream } = open();
    await next(stream, clock);
    let asked = 0;
    const rows = source.rows;
    Object.defineProperty(source, 'rows', { get: () => ((asked += 1), rows) });
    for (let n = 0; n < 10_000; n++) source.tell({ type: 'rows', upserted: [aRow(rows, n)], deletedUids: [] });
    expect(asked).toBeLessThan(20_000 / 256);
    expect(await next(stream, clock)).toMatchObject({ type: 'batch', upserted: { length: 10_000 } });
  });

  it('sends everything again after a relist, and a new state by itself', async () => {
    const { source, clock, stream } = open();
    await next(stream, clock);
    source.put('a', 1);
    source.tell({ type: 'reset' });
    expect(await next(stream, clock)).toMatchObject({ type: 'full', rows: [{ uid: 'a', n: 1 }] });
    source.state = { phase: 'stale', since: 5, error: { reason: 'Disconnected', message: 'cut' } };
    source.tell({ type: 'state' });
    expect(await next(stream, clock)).toEqual({
      type: 'batch',
      state: source.state,
      upserted: [],
      deletedUids: [],
    });
  });

  it.each(['while it sleeps', 'while it waits for its frame'])('ends with its signal %s', async (when) => {
    const { source, clock, stream, controller } = open();
    await stream.next();
    if (when !== 'while it sleeps') source.put('a', 1);
    const coming = stream.next();
    await clock.advance(1);
    controller.abort();
    expect(await coming).toEqual({ done: true, value: undefined });
    expect(source.released).toBe(1);
    expect(source.listeners.size).toBe(0);
    expect(clock.pendingTimers).toBe(0);
  });

  it('releases its lease when it was aborted before it began', async () => {
    const { source, stream, controller } = open();
    controller.abort();
    expect((await stream.next()).done).toBe(true);
    expect(source.released).toBe(1);
  });
});
