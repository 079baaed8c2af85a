import type { DemoClock } from '../../src/demo/clock.ts';

/** The system's clock, so many times as fast. */
export function fastClock(times: number): DemoClock {
  const start = Date.now();
  return {
    now: () => start + (Date.now() - start) * times,
    setTimeout: (run, delayMs) => {
      const handle = setTimeout(run, delayMs / times);
      return { cancel: () => clearTimeout(handle) };
    },
  };
}
