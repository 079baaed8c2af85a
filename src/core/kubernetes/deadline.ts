import type { Clock, Timer } from '../../shared/clock.ts';

export type DeadlineEnd = 'timeout' | 'cancelled' | 'disposed';

/** One signal out of three: the caller's, the connection's end, and a time limit. Says which of them came first. */
export class Deadline {
  readonly #controller = new AbortController();
  readonly #clock: Clock;
  readonly #release: (() => void)[] = [];
  #timer: Timer | undefined;
  #end: DeadlineEnd | undefined;

  constructor(clock: Clock, timeoutMs: number, caller: AbortSignal, owner: AbortSignal) {
    this.#clock = clock;
    this.#timer = clock.setTimeout(() => this.#abort('timeout'), timeoutMs);
    this.#listen(caller, 'cancelled');
    this.#listen(owner, 'disposed');
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** What ended it, or undefined while it runs. */
  get end(): DeadlineEnd | undefined {
    return this.#end;
  }

  /** The work's result, or its end by this deadline, whichever comes first. What the work does after that is dropped. */
  async race<T>(work: Promise<T>): Promise<T> {
    const { promise, reject } = Promise.withResolvers<never>();
    const onAbort = () => reject(this.signal.reason);
    this.signal.addEventListener('abort', onAbort, { once: true });
    try {
      return await Promise.race([work, promise]);
    } finally {
      this.signal.removeEventListener('abort', onAbort);
    }
  }

  /** The time limit is met; the two signals still count. */
  stopTimer(): void {
    if (this.#timer !== undefined) this.#clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  release(): void {
    this.stopTimer();
    for (const release of this.#release.splice(0)) release();
  }

  #listen(signal: AbortSignal, end: DeadlineEnd): void {
    if (signal.aborted) {
      this.#abort(end);
      return;
    }
    const onAbort = () => this.#abort(end);
    signal.addEventListener('abort', onAbort, { once: true });
    this.#release.push(() => signal.removeEventListener('abort', onAbort));
  }

  #abort(end: DeadlineEnd): void {
    if (this.#end !== undefined) return;
    this.#end = end;
    this.release();
    this.#controller.abort(new Error(`request ended: ${end}`));
  }
}
