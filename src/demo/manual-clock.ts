import type { DemoClock, Timer } from './clock.ts';

interface Waiting {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

/** A clock for tests: time stands still until `advance` is called, and timers run in their order. */
export class ManualClock implements DemoClock {
  #now: number;
  #order = 0;
  readonly #waiting = new Set<Waiting>();

  constructor(startMs: number = Date.UTC(2026, 10, 24, 9, 0, 0)) {
    this.#now = startMs;
  }

  now(): number {
    return this.#now;
  }

  /** Timers that have neither run nor been cancelled. */
  get waiting(): number {
    return this.#waiting.size;
  }

  setTimeout(run: () => void, delayMs: number): Timer {
    const entry = { at: this.#now + Math.max(0, delayMs), order: this.#order++, run };
    this.#waiting.add(entry);
    return { cancel: () => void this.#waiting.delete(entry) };
  }

  /** Moves time on, running every timer that falls due, also those that the timers themselves set. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const next = this.#earliest(end);
      if (next === undefined) break;
      this.#waiting.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.run();
    }
    this.#now = end;
  }

  #earliest(end: number): Waiting | undefined {
    let best: Waiting | undefined;
    for (const entry of this.#waiting) {
      if (entry.at > end) continue;
      if (best === undefined || entry.at < best.at || (entry.at === best.at && entry.order < best.order)) best = entry;
    }
    return best;
  }
}
