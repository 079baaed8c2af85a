import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/fakes/fake-clock.ts';
import { SharedReads } from './shared-reads.ts';

const anyone = new AbortController().signal;

function reads() {
  const clock = new FakeClock();
  const shared = new SharedReads<string>(clock, 10_000);
  const started: {
    readonly signal: AbortSignal;
    readonly resolve: (value: string) => void;
    readonly reject: (error: Error) => void;
  }[] = [];
  const read = (key = 'a', signal = anyone) =>
    shared.read(key, signal, (during) => {
      const { promise, resolve, reject } = Promise.withResolvers<string>();
      started.push({ signal: during, resolve, reject });
      return promise;
    });
  return { clock, started, read };
}

describe('a read that is shared', () => {
  it('runs once for all who ask while it runs, and answers for ten seconds after', async () => {
    const { clock, started, read } = reads();
    const both = Promise.all([read(), read()]);
    started[0]?.resolve('once');
    expect(await both).toEqual(['once', 'once']);
    await clock.advance(9_999);
    expect(await read()).toBe('once');
    expect(started).toHaveLength(1);
    await clock.advance(1);
    const later = read();
    started[1]?.resolve('twice');
    expect(await later).toBe('twice');
  });

  it('is one for each key', async () => {
    const { started, read } = reads();
    const both = Promise.all([read('a'), read('b')]);
    started[0]?.resolve('A');
    started[1]?.resolve('B');
    expect(await both).toEqual(['A', 'B']);
  });

  it('goes on for the others when one leaves, and ends with the last', async () => {
    const { started, read } = reads();
    const [first, second] = [new AbortController(), new AbortController()];
    const answers = Promise.allSettled([read('a', first.signal), read('a', second.signal)]);
    first.abort();
    expect(started[0]?.signal.aborted).toBe(false);
    second.abort();
    const [one] = await answers;
    expect(one).toMatchObject({ status: 'rejected', reason: { reason: 'Cancelled' } });
    expect(started[0]?.signal.aborted).toBe(true);
    const again = read();
    started[1]?.resolve('new');
    expect(await again).toBe('new');
  });

  it('is not begun for a caller who has left already', async () => {
    const { started, read } = reads();
    await expect(read('a', AbortSignal.abort())).rejects.toMatchObject({ reason: 'Cancelled' });
    expect(started).toHaveLength(0);
  });

  it('is not kept when it fails', async () => {
    const { started, read } = reads();
    const failed = read();
    started[0]?.reject(new Error('away'));
    await expect(failed).rejects.toThrow('away');
    const again = read();
    started[1]?.resolve('here');
    expect(await again).toBe('here');
  });
});
