import { useCallback, useSyncExternalStore } from 'react';
import type { Clock } from '../../shared/clock.ts';
import { Ticker } from './ticker.ts';
import { useServices } from './services.ts';

const tickers = new WeakMap<Clock, Map<number, Ticker>>();

function tickerOf(clock: Clock, everyMs: number): Ticker {
  const own = tickers.get(clock) ?? new Map<number, Ticker>();
  tickers.set(clock, own);
  const ticker = own.get(everyMs) ?? new Ticker(clock, everyMs);
  own.set(everyMs, ticker);
  return ticker;
}

/** The time, in milliseconds since 1970, anew every `everyMs`: for ages and "since" on screen. All rows share one timer. */
export function useNow(everyMs: number): number {
  const { clock } = useServices();
  const ticker = tickerOf(clock, everyMs);
  const subscribe = useCallback((listener: () => void) => ticker.subscribe(listener), [ticker]);
  return useSyncExternalStore(subscribe, () => ticker.now());
}
