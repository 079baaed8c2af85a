import type { Clock } from '../../shared/clock.ts';
import type { TransportSignal } from './live-read.ts';

export interface WayBackOptions {
  readonly transport: TransportSignal;
  readonly clock: Clock;
  /** When nothing else tells, it is time after this. */
  readonly delayMs: number;
  /** Ends the waiting at once. */
  readonly signal: AbortSignal;
}

/** Waits until the transport is open again, having been lost, or until the delay has passed. Never rejects. */
export function wayBack({ transport, clock, delayMs, signal }: WayBackOptions): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    let wasConnected = transport.isConnected();
    const end = () => {
      unsubscribe();
      clock.clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = clock.setTimeout(end, delayMs);
    const unsubscribe = transport.subscribe(() => {
      const isConnected = transport.isConnected();
      if (isConnected && !wasConnected) end();
      wasConnected = isConnected;
    });
    signal.addEventListener('abort', end, { once: true });
  });
}
