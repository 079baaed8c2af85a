import type { Clock } from '../../src/shared/clock.ts';

/** Every wait is over at once: for code whose pauses are not what a test is about. */
export const impatientClock: Clock = {
  now: () => Date.parse('2026-01-01T00:00:00.500Z'),
  setTimeout: (callback) => setImmediate(callback),
  clearTimeout: (timer) => clearImmediate(timer as NodeJS.Immediate),
};
