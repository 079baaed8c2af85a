/** Opaque handle of a timer made by a Clock. */
export type Timer = unknown;

/** Time as everything that waits sees it. Hosts pass the real one, tests one that they advance. */
export interface Clock {
  /** Milliseconds since 1970, as Date.now(). */
  now(): number;
  setTimeout(callback: () => void, delayMs: number): Timer;
  clearTimeout(timer: Timer): void;
}
