import type { Clock, Timer } from '../../shared/clock.ts';

/** The page's own time. */
export const browserClock: Clock = {
  now: () => Date.now(),
  setTimeout: (callback, delayMs) => globalThis.setTimeout(callback, delayMs),
  clearTimeout: (timer: Timer) => globalThis.clearTimeout(timer as number),
};
