import { WakeUp } from './wake-up.ts';

/**
 * How many bytes a reader is ready to take. The source takes from it before it sends and waits while it is used up; the reader gives back
 * what it has dealt with.
 */
export interface ByteWindow {
  /** More than was taken is not given: a wrong reader cannot widen the window. */
  credit(bytes: number): void;
  /**
   * Waits until the bytes fit (an item larger than the window: until it is empty) and takes them. Resolves also when the signal aborts:
   * ask the signal. One taker at a time.
   */
  take(bytes: number, signal: AbortSignal): Promise<void>;
  readonly available: number;
}

export function createByteWindow(windowBytes: number): ByteWindow {
  const wakeUp = new WakeUp();
  let available = windowBytes;
  return {
    get available() {
      return available;
    },
    credit(bytes) {
      available = Math.min(windowBytes, available + bytes);
      wakeUp.wake();
    },
    async take(bytes, signal) {
      while (available < Math.min(bytes, windowBytes) && !signal.aborted) await wakeUp.sleep(signal);
      if (!signal.aborted) available -= bytes;
    },
  };
}
