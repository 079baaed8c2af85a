import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../../tests/fakes/fake-clock.ts';
import { Deadline } from './deadline.ts';

function aDeadline(timeoutMs = 1000) {
  const clock = new FakeClock();
  const caller = new AbortController();
  const owner = new AbortController();
  return { clock, caller, owner, deadline: new Deadline(clock, timeoutMs, caller.signal, owner.signal) };
}

describe('a deadline', () => {
  it('ends with its time, its caller or its owner, and says which came first', async () => {
    const timed = aDeadline();
    await timed.clock.advance(1000);
    timed.caller.abort();
    expect(timed.deadline.end).toBe('timeout');
    expect(timed.deadline.signal.aborted).toBe(true);
    const cancelled = aDeadline();
    cancelled.caller.abort();
    cancelled.owner.abort();
    expect(cancelled.deadline.end).toBe('cancelled');
    const disposed = aDeadline();
    disposed.owner.abort();
    expect(disposed.deadline.end).toBe('disposed');
    expect(disposed.clock.pendingTimers).toBe(0);
  });

  it('may stop counting and still be cancelled', async () => {
    const { clock, caller, deadline } = aDeadline();
    deadline.stopTimer();
    expect(clock.pendingTimers).toBe(0);
    await clock.advance(5000);
    expect(deadline.end).toBeUndefined();
    caller.abort();
    expect(deadline.end).toBe('cancelled');
  });

  it('hears nothing any more once it is released', async () => {
    const { clock, caller, deadline } = aDeadline();
    deadline.release();
    caller.abort();
    await clock.advance(5000);
    expect(deadline.end).toBeUndefined();
  });

  it("ends a race with work that goes on, whose late failure is nobody's", async () => {
    const { clock, deadline } = aDeadline();
    const work = Promise.withResolvers<string>();
    const racing = deadline.race(work.promise).catch(String);
    await clock.advance(1000);
    expect(await racing).toContain('request ended: timeout');
    work.reject(new Error('late'));
    await clock.advance(0);
    expect(await aDeadline().deadline.race(Promise.resolve('in time'))).toBe('in time');
  });

  it('is over from the start when its caller was', () => {
    const deadline = new Deadline(new FakeClock(), 1000, AbortSignal.abort(), new AbortController().signal);
    expect(deadline.end).toBe('cancelled');
  });
});
