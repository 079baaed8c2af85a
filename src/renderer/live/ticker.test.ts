import { describe, expect, it, vi } from 'vitest';
import { FakeClock } from '../../../tests/fakes/fake-clock.ts';
import { Ticker } from './ticker.ts';

describe('the time on screen', () => {
  it('moves in steps, with one timer for all who show it', async () => {
    const clock = new FakeClock();
    const start = clock.now();
    const ticker = new Ticker(clock, 1000);
    const first = vi.fn<() => void>();
    const second = vi.fn<() => void>();
    const stopFirst = ticker.subscribe(first);
    const stopSecond = ticker.subscribe(second);
    expect(clock.pendingTimers).toBe(1);
    await clock.advance(999);
    expect(ticker.now()).toBe(start);
    await clock.advance(1);
    expect(ticker.now()).toBe(start + 1000);
    stopFirst();
    await clock.advance(1000);
    expect(first).toHaveBeenCalledTimes(1);
    expect(second).toHaveBeenCalledTimes(2);
    stopSecond();
    expect(clock.pendingTimers).toBe(0);
  });

  it('is the right one for who comes after it stood still', async () => {
    const clock = new FakeClock();
    const ticker = new Ticker(clock, 1000);
    await clock.advance(60_000);
    expect(ticker.now()).toBe(clock.now());
  });
});
