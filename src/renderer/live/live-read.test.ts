import { afterEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../tests/fakes/fake-clock.ts';
import type { RowsItem } from '../../shared/contract/live.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { FakeCore } from '../testing/fake-core.ts';
import { FakeFrames, FakeTransport } from '../testing/fake-transport.ts';
import { PushStream } from '../testing/push-stream.ts';
import { LiveRead } from './live-read.ts';
import { RowsStore } from './rows-store.ts';

type TestRow = { readonly uid: string };
const full = (...uids: string[]): RowsItem<TestRow> => ({
  type: 'full',
  state: { phase: 'live', since: 1 },
  rows: uids.map((uid) => ({ uid })),
});

function setUp() {
  const clock = new FakeClock();
  const frames = new FakeFrames();
  const transport = new FakeTransport(new FakeCore().client());
  const stream = new PushStream<RowsItem<TestRow>>();
  const target = new RowsStore<TestRow>(frames);
  const read = new LiveRead({ open: (signal) => stream.open(undefined, { signal }), target, transport, clock });
  stop = () => read.stop();
  const shown = async () => {
    await clock.advance(0);
    frames.run();
    return { phase: target.getSnapshot().state.phase, uids: target.getSnapshot().rows.map(({ uid }) => uid) };
  };
  return { clock, transport, stream, read, shown };
}

let stop = () => {};
afterEach(() => stop());

const cut = new AppError({ reason: 'Disconnected', message: 'lost' });

describe('a live read', () => {
  it('is opened again when the transport is back, with its rows kept meanwhile', async () => {
    const { transport, stream, shown } = setUp();
    await shown();
    stream.push(full('a'));
    expect(await shown()).toEqual({ phase: 'live', uids: ['a'] });
    transport.setState({ phase: 'lost', since: 2 });
    stream.fail(cut);
    expect(await shown()).toEqual({ phase: 'stale', uids: ['a'] });
    expect(stream.opened).toBe(1);
    transport.setState({ phase: 'open', since: 3 });
    await shown();
    expect(stream.opened).toBe(2);
    stream.push(full('a', 'b'));
    expect(await shown()).toEqual({ phase: 'live', uids: ['a', 'b'] });
  });

  it('is opened again after a pause when the stream just ends', async () => {
    const { clock, stream, shown } = setUp();
    await shown();
    stream.push(full('a'));
    await shown();
    stream.fail(cut);
    expect(await shown()).toEqual({ phase: 'stale', uids: ['a'] });
    await clock.advance(500);
    expect(stream.opened).toBe(2);
  });

  it('takes any error on a lost transport for the loss, by the state of the transport', async () => {
    const { transport, stream, shown } = setUp();
    await shown();
    stream.push(full('a'));
    await shown();
    transport.setState({ phase: 'lost', since: 2 });
    stream.fail(new Error('socket hang up'));
    expect((await shown()).phase).toBe('stale');
  });

  it('stays refused until it is tried again by hand', async () => {
    const { clock, stream, read, shown } = setUp();
    await shown();
    stream.fail(new AppError({ reason: 'Forbidden', message: 'no' }));
    expect((await shown()).phase).toBe('failed');
    await clock.advance(120_000);
    expect(stream.opened).toBe(1);
    read.retry();
    await shown();
    expect(stream.opened).toBe(2);
  });

  it('leaves no stream and no timer behind when stopped', async () => {
    const { clock, transport, stream, read, shown } = setUp();
    await shown();
    stream.fail(cut);
    await shown();
    expect(clock.pendingTimers).toBe(1);
    read.stop();
    expect(clock.pendingTimers).toBe(0);
    transport.setState({ phase: 'lost', since: 2 });
    transport.setState({ phase: 'open', since: 3 });
    await shown();
    expect(stream.openCount).toBe(0);
    expect(stream.opened).toBe(1);
  });
});
