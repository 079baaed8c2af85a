import type { Clock } from '../../src/shared/clock.ts';

let now = 0;

/** A second passes whenever it is looked at, so that nothing waits for the next frame. */
export const hastyClock: Clock = {
  now: () => (now += 1000),
  setTimeout: () => {
    throw new Error('nothing should wait for time here');
  },
  clearTimeout: () => undefined,
};
