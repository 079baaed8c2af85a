import type { Clock, Timer } from '../../shared/clock.ts';
import type { AppErrorData } from '../../shared/errors/app-error.ts';
import { thrownErrorData } from './thrown-error.ts';

/** Whether the way to the core is open now, and when that changes. */
export interface TransportSignal {
  isConnected(): boolean;
  subscribe(listener: () => void): () => void;
}

export interface LiveTarget<Item> {
  apply(item: Item): void;
  disconnected(error: AppErrorData, now: number): void;
  failed(error: AppErrorData): void;
}

export interface LiveReadOptions<Item> {
  readonly open: (signal: AbortSignal) => AsyncIterable<Item> | PromiseLike<AsyncIterable<Item>>;
  readonly target: LiveTarget<Item>;
  readonly transport: TransportSignal;
  readonly clock: Clock;
  readonly onItem?: (item: Item) => void;
}

const REOPEN_FIRST_MS = 500;
const REOPEN_MAX_MS = 30_000;
const ENDED: AppErrorData = { reason: 'Disconnected', message: 'The stream from the core ended.' };

/**
 * One stream of the core, kept open until `stop`: when the transport was lost it is opened again as soon as the transport
 * is back (and, should that go unnoticed, after a growing pause). A refused call stays failed until `retry`.
 */
export class LiveRead<Item> {
  readonly #options: LiveReadOptions<Item>;
  #controller = new AbortController();
  #timer: Timer | undefined;
  #unsubscribe: (() => void) | undefined;
  #delayMs = REOPEN_FIRST_MS;
  #stopped = false;

  constructor(options: LiveReadOptions<Item>) {
    this.#options = options;
    void this.#run(this.#controller.signal);
  }

  stop(): void {
    this.#stopped = true;
    this.#clearWait();
    this.#controller.abort();
  }

  /** Opens the stream anew, now. Does nothing after `stop`. */
  retry(): void {
    if (this.#stopped) return;
    this.#clearWait();
    this.#controller.abort();
    this.#controller = new AbortController();
    void this.#run(this.#controller.signal);
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { open, target, onItem } = this.#options;
    try {
      for await (const item of await open(signal)) {
        if (signal.aborted) return;
        this.#delayMs = REOPEN_FIRST_MS;
        target.apply(item);
        onItem?.(item);
      }
      if (!signal.aborted) this.#wait(ENDED);
    } catch (error) {
      if (!signal.aborted) this.#fail(thrownErrorData(error));
    }
  }

  /** A cut transport shows as many kinds of error: its own state decides, not the error's name. */
  #fail(error: AppErrorData): void {
    if (error.reason === 'Disconnected') this.#wait(error);
    else if (!this.#options.transport.isConnected()) this.#wait({ ...ENDED, message: 'Not connected to the core.' });
    else {
      this.#options.target.failed(error);
      this.#retryWhenReconnected();
    }
  }

  #wait(error: AppErrorData): void {
    const { target, clock } = this.#options;
    target.disconnected(error, clock.now());
    this.#retryWhenReconnected();
    this.#timer = clock.setTimeout(() => this.retry(), this.#delayMs);
    this.#delayMs = Math.min(this.#delayMs * 2, REOPEN_MAX_MS);
  }

  #retryWhenReconnected(): void {
    const { transport } = this.#options;
    let wasConnected = transport.isConnected();
    this.#unsubscribe = transport.subscribe(() => {
      const connected = transport.isConnected();
      if (connected && !wasConnected) this.retry();
      else wasConnected = connected;
    });
  }

  #clearWait(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    if (this.#timer !== undefined) this.#options.clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
