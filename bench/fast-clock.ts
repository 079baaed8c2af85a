import type { Clock } from '../src/shared/clock.ts';

/** The system's time, `factor` times as fast from now on. */
export function fastClock(factor: number): Clock {
  const startedAt = Date.now();
  return {
    now: () => startedAt + (Date.now() - startedAt) * factor,
    setTimeout: (callback, delayMs) => setTimeout(callback, delayMs / factor),
    clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout),
  };
}
