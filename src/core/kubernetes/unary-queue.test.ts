import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../../tests/fakes/fake-clock.ts';
import { anySignal, failureOf } from '../../../tests/fakes/connection-fixture.ts';
import type { RequestPriority } from './api-connection.ts';
import { UnaryQueue } from './unary-queue.ts';

function aQueue(limit = 2) {
  const clock = new FakeClock();
  const queue = new UnaryQueue('prod', clock, limit);
  const started: string[] = [];
  const ends: (() => void)[] = [];
  const ask = (name: string, priority: RequestPriority = 'background', signal = anySignal()) =>
    queue.run({ priority, signal, timeoutMs: 10_000 }, () => {
      started.push(name);
      const { promise, resolve } = Promise.withResolvers<string>();
      ends.push(() => resolve(name));
      return promise;
    });
  const endFirst = async () => {
    ends.shift()?.();
    await clock.advance(0);
  };
  return { clock, queue, started, ask, endFirst };
}

describe('the queue of unary requests', () => {
  it('starts as many as its limit, the next when one ends', async () => {
    const { queue, started, ask, endFirst, clock } = aQueue();
    const answers = ['a', 'b', 'c'].map((name) => ask(name));
    await clock.advance(0);
    expect(started).toEqual(['a', 'b']);
    await endFirst();
    expect(started).toEqual(['a', 'b', 'c']);
    expect(await answers[0]).toBe('a');
    expect(queue.running).toBe(2);
  });

  it('lets the user overtake what runs in the background', async () => {
    const { started, ask, endFirst, clock } = aQueue(1);
    void ask('first');
    void ask('background 1');
    void ask('background 2');
    void ask('user 1', 'user');
    void ask('user 2', 'user');
    await clock.advance(0);
    for (let turn = 0; turn < 4; turn++) await endFirst();
    expect(started).toEqual(['first', 'user 1', 'user 2', 'background 1', 'background 2']);
  });

  it('gives up on a turn that does not come', async () => {
    const { ask, clock, queue } = aQueue(1);
    void ask('never ends');
    const waiting = failureOf(ask('waits'));
    await clock.advance(9_999);
    expect(queue.waiting).toBe(1);
    await clock.advance(1);
    const error = await waiting;
    expect(error.data).toMatchObject({ reason: 'Timeout', contextName: 'prod', retry: true });
    expect(error.message).toBe('The request waited 10 s behind 1 others that the API server has not answered.');
    expect(clock.pendingTimers).toBe(0);
  });

  it('drops a request that is cancelled while it waits', async () => {
    const { ask, started, endFirst, clock } = aQueue(1);
    void ask('a');
    const controller = new AbortController();
    const waiting = failureOf(ask('b', 'user', controller.signal));
    controller.abort();
    expect((await waiting).reason).toBe('Cancelled');
    await endFirst();
    expect(started).toEqual(['a']);
    expect(clock.pendingTimers).toBe(0);
  });

  it('goes on after a task that failed', async () => {
    const { queue } = aQueue(1);
    const turn = { priority: 'user', signal: anySignal(), timeoutMs: 1000 } as const;
    await expect(queue.run(turn, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await queue.run(turn, () => Promise.resolve(1))).toBe(1);
  });

  it('refuses everything once it is disposed of', async () => {
    const { ask, queue, clock } = aQueue(1);
    void ask('a');
    const waiting = failureOf(ask('b'));
    await clock.advance(0);
    queue.dispose();
    expect((await waiting).message).toBe('The connection to prod was closed.');
    expect((await failureOf(ask('c'))).reason).toBe('Cancelled');
    expect(clock.pendingTimers).toBe(0);
  });
});
