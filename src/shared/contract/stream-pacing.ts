/**
 * How items of `snapshot` and `latest` streams wait for a slow page. oRPC sends whatever a handler yields, so the page
 * names each such stream in a request header, and gives an item back, by `stream.credit({streamId, bytes: 1})`, when it
 * asks for the next. The host pulls the handler's iterator only while fewer than PACED_ITEMS are out; what happens
 * meanwhile is merged by the stream itself. Lossless streams have a window of bytes of their own and no such header.
 */
export const PACED_STREAM_HEADER = 'x-everynode-stream';

/** One item is being read while the next travels. */
export const PACED_ITEMS = 2;

/** Whether a call's input names a lossless stream: its reader gives bytes back by itself. */
export function hasByteWindow(input: unknown): boolean {
  return typeof input === 'object' && input !== null && 'streamId' in input;
}

/** Counts the items that may still be sent. */
export class ItemWindow {
  #free: number;
  #wake: (() => void) | undefined;

  constructor(items: number) {
    this.#free = items;
  }

  /** Named as the contract's method; here the unit is items. */
  credit(items: number): void {
    this.#free += items;
    this.#wake?.();
  }

  /** Takes one item, when there is one to take. Ends with false when `signal` is aborted first. One taker at a time. */
  async take(signal: AbortSignal | undefined): Promise<boolean> {
    while (this.#free <= 0) {
      if (signal?.aborted === true) return false;
      await this.#change(signal);
    }
    if (signal?.aborted === true) return false;
    this.#free -= 1;
    return true;
  }

  #change(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        this.#wake = undefined;
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      this.#wake = wake;
      signal?.addEventListener('abort', wake, { once: true });
    });
  }
}
