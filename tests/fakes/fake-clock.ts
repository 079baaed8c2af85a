import type { Clock, Timer } from '../../src/shared/clock.ts';

interface Waiting {
  readonly at: number;
  readonly order: number;
  readonly callback: () => void;
}

/** A clock that stands still until a test advances it; timers fire in order of their time, with microtasks run between. */
export class FakeClock implements Clock {
  readonly #waiting = new Set<Waiting>();
  #now: number;
  #adjusted = 0;
  #order = 0;

  constructor(now = Date.parse('2026-01-01T00:00:00Z')) {
    this.#now = now;
  }

  /** How many timers wait: zero after everything was disposed. */
  get pendingTimers(): number {
    return this.#waiting.size;
  }

  now(): number {
    return this.#now + this.#adjusted;
  }

  setTimeout(callback: () => void, delayMs: number): Timer {
    const entry: Waiting = { at: this.#now + Math.max(0, delayMs), order: this.#order++, callback };
    this.#waiting.add(entry);
    return entry;
  }

  clearTimeout(timer: Timer): void {
    this.#waiting.delete(timer as Waiting);
  }

  /** Advances by `ms`, firing what falls due, and lets promises and sockets settle between timers. */
  async advance(ms: number): Promise<void> {
    const until = this.#now + ms;
    await settle();
    for (let next = this.#next(until); next; next = this.#next(until)) {
      this.#waiting.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.callback();
      await settle();
    }
    this.#now = until;
  }

  /** The clock jumps, as after the machine slept: timers that fell due fire late, all at the new time. */
  async jump(ms: number): Promise<void> {
    this.#now += ms;
    await this.advance(0);
  }

  /** The wall clock is set forward or back, as by NTP or by hand: timers run on as they were. */
  adjust(ms: number): void {
    this.#adjusted += ms;
  }

  #next(until: number): Waiting | undefined {
    let first: Waiting | undefined;
    for (const entry of this.#waiting) {
      if (entry.at > until) continue;
      if (!first || entry.at < first.at || (entry.at === first.at && entry.order < first.order)) first = entry;
    }
    return first;
  }
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 4; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
}
