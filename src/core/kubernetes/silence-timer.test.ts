import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../../tests/fakes/fake-clock.ts';
import { startSilenceTimer } from './silence-timer.ts';

function start(limitMs: number) {
  const clock = new FakeClock();
  const told: string[] = [];
  const timer = startSilenceTimer({
    clock,
    limitMs,
    onSilent: () => told.push('silent'),
    onSlept: (lateMs) => told.push(`slept ${lateMs}`),
  });
  return { clock, told, timer };
}

describe('a silence timer', () => {
  it('tells of silence exactly at its limit, once', async () => {
    const { clock, told } = start(90_000);
    await clock.advance(89_999);
    expect(told).toEqual([]);
    await clock.advance(1);
    await clock.advance(1_000_000);
    expect(told).toEqual(['silent']);
    expect(clock.pendingTimers).toBe(0);
  });

  it('begins anew with everything that is heard', async () => {
    const { clock, told, timer } = start(90_000);
    for (let turn = 0; turn < 10; turn++) {
      await clock.advance(60_000);
      timer.touch();
    }
    expect(told).toEqual([]);
    await clock.advance(90_000);
    expect(told).toEqual(['silent']);
  });

  it('knows sleep by its own lateness, not a busy moment', async () => {
    const { clock, told } = start(90_000);
    await clock.jump(19_000);
    expect(told).toEqual([]);
    await clock.jump(3_600_000);
    expect(told).toEqual(['slept 3590000']);
  });

  it('notices silence within one look more when the wall clock is set back meanwhile', async () => {
    const { clock, told } = start(90_000);
    await clock.advance(5000);
    clock.adjust(-3_600_000);
    await clock.advance(85_000);
    expect(told).toEqual([]);
    await clock.advance(10_000);
    expect(told).toEqual(['silent']);
  });

  it('takes a wall clock that is set forward for sleep', async () => {
    const { clock, told } = start(90_000);
    clock.adjust(3_600_000);
    await clock.advance(10_000);
    expect(told).toEqual(['slept 3600000']);
  });

  it('leaves nothing behind when it is stopped', async () => {
    const { clock, told, timer } = start(Infinity);
    await clock.advance(3_600_000);
    timer.stop();
    expect(clock.pendingTimers).toBe(0);
    expect(told).toEqual([]);
  });
});
