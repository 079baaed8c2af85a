import { AppError } from '../../shared/errors/app-error.ts';
import type { Clock } from '../../shared/clock.ts';
import type { RequestPriority } from './api-connection.ts';

interface Waiting {
  readonly start: () => void;
  readonly refuse: (error: AppError) => void;
}

export interface QueueTurn {
  readonly priority: RequestPriority;
  readonly signal: AbortSignal;
  /** How long to wait for the turn. */
  readonly timeoutMs: number;
}

/** At most `limit` tasks of one cluster at once; waiting `user` tasks go before `background` ones, each kind in order of arrival. */
export class UnaryQueue {
  readonly #contextName: string;
  readonly #clock: Clock;
  readonly #limit: number;
  readonly #waiting: Readonly<Record<RequestPriority, Set<Waiting>>> = { user: new Set(), background: new Set() };
  #running = 0;
  #disposed = false;

  constructor(contextName: string, clock: Clock, limit = 8) {
    this.#contextName = contextName;
    this.#clock = clock;
    this.#limit = limit;
  }

  get running(): number {
    return this.#running;
  }

  get waiting(): number {
    return this.#waiting.user.size + this.#waiting.background.size;
  }

  async run<T>(turn: QueueTurn, task: () => Promise<T>): Promise<T> {
    await this.#turn(turn);
    try {
      return await task();
    } finally {
      this.#running--;
      this.#next();
    }
  }

  /** Refuses what waits and whatever comes. */
  dispose(): void {
    this.#disposed = true;
    for (const set of [this.#waiting.user, this.#waiting.background]) {
      for (const entry of [...set])
        entry.refuse(this.#error('Cancelled', `The connection to ${this.#contextName} was closed.`));
    }
  }

  async #turn(turn: QueueTurn): Promise<void> {
    if (this.#disposed) throw this.#error('Cancelled', `The connection to ${this.#contextName} was closed.`);
    if (turn.signal.aborted) throw this.#cancelled();
    if (this.#running < this.#limit) {
      this.#running++;
      return;
    }
    await this.#wait(turn);
  }

  #wait(turn: QueueTurn): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const queue = this.#waiting[turn.priority];
    const leave = () => {
      queue.delete(entry);
      this.#clock.clearTimeout(timer);
      turn.signal.removeEventListener('abort', onAbort);
    };
    const entry: Waiting = {
      start: () => {
        leave();
        this.#running++;
        resolve();
      },
      refuse: (error) => {
        leave();
        reject(error);
      },
    };
    const onAbort = () => entry.refuse(this.#cancelled());
    const timer = this.#clock.setTimeout(() => entry.refuse(this.#tooLong(turn.timeoutMs)), turn.timeoutMs);
    turn.signal.addEventListener('abort', onAbort, { once: true });
    queue.add(entry);
    return promise;
  }

  #next(): void {
    if (this.#running >= this.#limit) return;
    const [entry] = this.#waiting.user.size > 0 ? this.#waiting.user : this.#waiting.background;
    entry?.start();
  }

  #tooLong(timeoutMs: number): AppError {
    const message = `The request waited ${Math.round(timeoutMs / 1000)} s behind ${this.#limit} others that the API server has not answered.`;
    return this.#error('Timeout', message);
  }

  #cancelled(): AppError {
    return this.#error('Cancelled', 'The request was cancelled before it was sent.');
  }

  #error(reason: 'Timeout' | 'Cancelled', message: string): AppError {
    return new AppError({ reason, message, contextName: this.#contextName, retry: reason === 'Timeout' });
  }
}
