import { describe, expect, it, vi } from 'vitest';
import type { ReadState } from '../../shared/contract/live.ts';
import { FakeFrames } from '../testing/fake-transport.ts';
import { RowsStore } from './rows-store.ts';

interface TestRow {
  readonly uid: string;
  readonly resourceVersion: string;
  readonly ready: number;
}

const live: ReadState = { phase: 'live', since: 1 };
const lost = { reason: 'Disconnected', message: 'lost' } as const;
const row = (uid: string, ready = 0, resourceVersion = `${ready}`): TestRow => ({ uid, ready, resourceVersion });

function aStore() {
  const frames = new FakeFrames();
  const store = new RowsStore<TestRow>(frames);
  const uids = () => store.getSnapshot().rows.map(({ uid }) => uid);
  return { frames, store, uids };
}

describe('the rows of a live table', () => {
  it('are published once per frame, however many batches came', () => {
    const { frames, store, uids } = aStore();
    const listener = vi.fn<() => void>();
    store.subscribe(listener);
    store.apply({ type: 'full', state: live, rows: [row('a')] });
    for (let i = 1; i <= 50; i += 1)
      store.apply({ type: 'batch', state: live, upserted: [row('b', i)], deletedUids: [] });
    expect(uids()).toEqual([]);
    expect(frames.requested).toBe(1);
    frames.run();
    expect(listener).toHaveBeenCalledTimes(1);
    expect(uids()).toEqual(['a', 'b']);
    expect(store.getRow('b')?.ready).toBe(50);
  });

  it('tell only the row that changed', () => {
    const { frames, store } = aStore();
    store.apply({ type: 'full', state: live, rows: [row('a'), row('b')] });
    frames.run();
    const a = vi.fn<() => void>();
    const b = vi.fn<() => void>();
    store.subscribeRow('a', a);
    const unsubscribe = store.subscribeRow('b', b);
    store.apply({ type: 'batch', state: live, upserted: [row('b', 1)], deletedUids: [] });
    frames.run();
    expect(a).not.toHaveBeenCalled();
    expect(b).toHaveBeenCalledTimes(1);
    unsubscribe();
    store.apply({ type: 'batch', state: live, upserted: [], deletedUids: ['b'] });
    frames.run();
    expect(b).toHaveBeenCalledTimes(1);
    expect(store.getRow('b')).toBeUndefined();
  });

  it('take a recreated DaemonSet as another row', () => {
    const { frames, store, uids } = aStore();
    store.apply({ type: 'full', state: live, rows: [row('old')] });
    store.apply({ type: 'batch', state: live, upserted: [row('new')], deletedUids: ['old'] });
    frames.run();
    expect(uids()).toEqual(['new']);
  });

  it('are replaced by a relist at once, and an unchanged row stays the same object', () => {
    const { frames, store, uids } = aStore();
    store.apply({ type: 'full', state: live, rows: [row('a', 1), row('b', 1)] });
    frames.run();
    const before = store.getRow('a');
    store.apply({ type: 'full', state: live, rows: [row('a', 1), row('c', 1)] });
    frames.run();
    expect(uids()).toEqual(['a', 'c']);
    expect(store.getRow('a')).toBe(before);
  });

  it('are replaced by a relist in parts only when the last has come, unchanged rows staying the same objects', () => {
    const { frames, store, uids } = aStore();
    store.apply({ type: 'full', state: live, rows: [row('a', 1), row('b', 1), row('gone', 1)] });
    frames.run();
    const before = store.getRow('b');
    store.apply({ type: 'full', state: { phase: 'listing', received: 1, remaining: 1 }, rows: [row('a', 2)] });
    frames.run();
    expect(uids()).toEqual(['a', 'b', 'gone']);
    store.apply({ type: 'batch', state: live, upserted: [row('b', 1)], deletedUids: [] });
    frames.run();
    expect(uids()).toEqual(['a', 'b']);
    expect(store.getRow('b')).toBe(before);
  });

  it('are never cleared while a reopened list comes page by page, and then lose what is gone', () => {
    const { frames, store, uids } = aStore();
    store.apply({ type: 'full', state: live, rows: [row('a'), row('b'), row('c')] });
    frames.run();
    store.apply({ type: 'full', state: { phase: 'listing', received: 1, remaining: 1 }, rows: [row('a')] });
    frames.run();
    expect(uids()).toEqual(['a', 'b', 'c']);
    store.apply({ type: 'batch', state: { phase: 'listing', received: 2 }, upserted: [row('c', 2)], deletedUids: [] });
    frames.run();
    expect(uids()).toEqual(['a', 'b', 'c']);
    store.apply({ type: 'batch', state: live, upserted: [], deletedUids: [] });
    frames.run();
    expect(uids()).toEqual(['a', 'c']);
    expect(store.getRow('c')?.ready).toBe(2);
  });

  it('stay and say since when they are old after the transport was lost', () => {
    const { frames, store, uids } = aStore();
    store.apply({ type: 'full', state: live, rows: [row('a')] });
    frames.run();
    store.disconnected(lost, 500);
    store.disconnected(lost, 900);
    frames.run();
    expect(store.getSnapshot().state).toEqual({ phase: 'stale', since: 500, error: lost });
    expect(uids()).toEqual(['a']);
  });

  it('are still being connected when the transport is lost before any came', () => {
    const { frames, store } = aStore();
    store.disconnected(lost, 500);
    frames.run();
    expect(store.getSnapshot().state).toEqual({ phase: 'connecting' });
  });

  it('stay on screen when the server now refuses the list', () => {
    const { frames, store, uids } = aStore();
    store.apply({ type: 'full', state: live, rows: [row('a')] });
    const error = { reason: 'Forbidden', message: 'no' } as const;
    store.apply({ type: 'full', state: { phase: 'failed', error }, rows: [] });
    frames.run();
    expect(uids()).toEqual(['a']);
    expect(store.getSnapshot().state).toEqual({ phase: 'failed', error });
  });
});
