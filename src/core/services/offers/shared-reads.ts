import type { Clock } from '../../../shared/clock.ts';
import { cancelled } from '../../cancelled.ts';

interface Kept<Value> {
  readonly value: Promise<Value>;
  readonly controller: AbortController;
  waiting: number;
  /** Milliseconds since 1970; undefined while it is read. */
  readAt: number | undefined;
}

/**
 * Reads that several callers share while they run, and for `keptMs` after. A read that all its callers have left is ended.
 * A failed read is not kept.
 */
export class SharedReads<Value> {
  readonly #clock: Clock;
  readonly #keptMs: number;
  readonly #kept = new Map<string, Kept<Value>>();

  constructor(clock: Clock, keptMs: number) {
    this.#clock = clock;
    this.#keptMs = keptMs;
  }

  /** @throws what the read throws, AppError Cancelled when the caller leaves */
  async read(key: string, signal: AbortSignal, start: (signal: AbortSignal) => Promise<Value>): Promise<Value> {
    if (signal.aborted) throw cancelled();
    const found = this.#fresh(key) ?? this.#start(key, start);
    found.waiting += 1;
    const { promise: left, reject } = Promise.withResolvers<never>();
    const leave = () => reject(cancelled());
    signal.addEventListener('abort', leave, { once: true });
    try {
      return await Promise.race([found.value, left]);
    } finally {
      signal.removeEventListener('abort', leave);
      found.waiting -= 1;
      if (found.waiting === 0 && found.readAt === undefined) {
        this.#forget(key, found);
        found.controller.abort();
      }
    }
  }

  #fresh(key: string): Kept<Value> | undefined {
    this.#sweep();
    return this.#kept.get(key);
  }

  #start(key: string, start: (signal: AbortSignal) => Promise<Value>): Kept<Value> {
    const controller = new AbortController();
    const kept: Kept<Value> = { value: start(controller.signal), controller, waiting: 0, readAt: undefined };
    this.#kept.set(key, kept);
    kept.value.then(
      () => (kept.readAt = this.#clock.now()),
      () => this.#forget(key, kept),
    );
    return kept;
  }

  /** What is too old goes at the next read: no timer has to be ended. */
  #sweep(): void {
    const oldest = this.#clock.now() - this.#keptMs;
    for (const [key, { readAt }] of this.#kept) if (readAt !== undefined && readAt <= oldest) this.#kept.delete(key);
  }

  #forget(key: string, kept: Kept<Value>): void {
    if (this.#kept.get(key) === kept) this.#kept.delete(key);
  }
}
