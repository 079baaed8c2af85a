import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../../tests/fakes/fake-clock.ts';
import { createBackoff } from './backoff.ts';
import { wait } from './wait.ts';

describe('waiting between attempts', () => {
  it('doubles from 0.8 s to 30 s', () => {
    const backoff = createBackoff({ clock: new FakeClock(), random: () => 0 });
    const delays = Array.from({ length: 8 }, () => backoff.nextDelayMs());
    expect(delays).toEqual([800, 1600, 3200, 6400, 12_800, 25_600, 30_000, 30_000]);
  });

  it('is longer by up to half at random, so that clusters do not come back together', () => {
    const backoff = createBackoff({ clock: new FakeClock(), random: () => 0.5 });
    expect(backoff.nextDelayMs()).toBe(1000);
  });

  it('begins anew after two minutes of health, and not before', async () => {
    const clock = new FakeClock();
    const backoff = createBackoff({ clock, random: () => 0 });
    backoff.nextDelayMs();
    backoff.nextDelayMs();
    backoff.healthy();
    await clock.advance(119_999);
    expect(backoff.nextDelayMs()).toBe(3200);
    backoff.healthy();
    await clock.advance(60_000);
    backoff.healthy();
    await clock.advance(60_000);
    expect(backoff.nextDelayMs()).toBe(800);
  });

  it('is at least what Retry-After asks', () => {
    const backoff = createBackoff({ clock: new FakeClock(), random: () => 0.1 });
    expect(backoff.nextDelayMs(12)).toBe(12_100);
    expect(backoff.nextDelayMs(0)).toBe(1680);
  });
});

describe('a wait', () => {
  it('ends with its signal and leaves no timer', async () => {
    const clock = new FakeClock();
    const controller = new AbortController();
    const waiting = wait(clock, 1000, controller.signal);
    expect(clock.pendingTimers).toBe(1);
    controller.abort();
    await waiting;
    expect(clock.pendingTimers).toBe(0);
    await wait(clock, 1000, controller.signal);
    expect(clock.pendingTimers).toBe(0);
  });
});
