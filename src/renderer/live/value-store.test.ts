import { describe, expect, it, vi } from 'vitest';
import { FakeFrames } from '../testing/fake-transport.ts';
import { ValueStore } from './value-store.ts';

const live = { phase: 'live', since: 1 } as const;
const lost = { reason: 'Disconnected', message: 'lost' } as const;

describe('the newest value of a stream', () => {
  it('is published once per frame, and only the last one', () => {
    const frames = new FakeFrames();
    const store = new ValueStore<number>(frames);
    const listener = vi.fn<() => void>();
    store.subscribe(listener);
    store.apply({ state: live, value: 1 });
    store.apply({ state: live, value: 2 });
    frames.run();
    expect(listener).toHaveBeenCalledTimes(1);
    expect(store.getSnapshot()).toEqual({ state: live, value: 2 });
  });

  it('stays when the transport is lost or the core refuses', () => {
    const frames = new FakeFrames();
    const store = new ValueStore<number>(frames);
    store.disconnected(lost, 5);
    frames.run();
    expect(store.getSnapshot()).toEqual({ state: { phase: 'connecting' } });
    store.apply({ state: live, value: 1 });
    store.disconnected(lost, 7);
    frames.run();
    expect(store.getSnapshot()).toEqual({ state: { phase: 'stale', since: 7, error: lost }, value: 1 });
    store.failed({ reason: 'NotFound', message: 'gone' });
    frames.run();
    expect(store.getSnapshot()).toMatchObject({ state: { phase: 'failed' }, value: 1 });
  });
});
