import type { Clock, Timer } from '../../shared/clock.ts';

/** A time that moves in steps, for all who show one. It ticks only while somebody listens. */
export class Ticker {
  readonly #clock: Clock;
  readonly #everyMs: number;
  readonly #listeners = new Set<() => void>();
  #timer: Timer | undefined;
  #now: number;

  constructor(clock: Clock, everyMs: number) {
    this.#clock = clock;
    this.#everyMs = everyMs;
    this.#now = clock.now();
  }

  /** The time of the last tick, in milliseconds since 1970; of this very moment when it does not tick and is old. */
  now(): number {
    if (this.#timer === undefined && this.#clock.now() - this.#now >= this.#everyMs) this.#now = this.#clock.now();
    return this.#now;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    this.#schedule();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0 || this.#timer === undefined) return;
      this.#clock.clearTimeout(this.#timer);
      this.#timer = undefined;
    };
  }

  #schedule(): void {
    this.#timer ??= this.#clock.setTimeout(() => this.#tick(), this.#everyMs);
  }

  #tick(): void {
    this.#timer = undefined;
    this.#now = this.#clock.now();
    if (this.#listeners.size > 0) this.#schedule();
    for (const listener of this.#listeners) listener();
  }
}
