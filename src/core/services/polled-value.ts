import type { Timer } from '../../shared/clock.ts';
import type { ValueItem } from '../../shared/contract/live.ts';
import { type AppErrorData, toAppErrorData } from '../../shared/errors/app-error.ts';
import type { LatestSource } from '../streams/latest-stream.ts';
import type { OpenCluster } from './open-cluster.ts';

export interface Polling<Value> {
  readonly read: (signal: AbortSignal) => Promise<Value>;
  /** Milliseconds from an answer to the next question; a failure may need longer. */
  readonly pauseMs: (failure: AppErrorData | undefined) => number;
}

/**
 * What cannot be watched, or not cheaply: read at once, and again after each pause. After a failure the last answer stays, marked stale.
 */
export function polledValue<Value>(
  { clock }: Pick<OpenCluster, 'clock'>,
  { read, pauseMs }: Polling<Value>,
): LatestSource<ValueItem<Value>> {
  const ended = new AbortController();
  const listeners = new Set<() => void>();
  let item: ValueItem<Value> = { state: { phase: 'connecting' } };
  let timer: Timer;

  function failed(error: AppErrorData): ValueItem<Value> {
    const retryAt = clock.now() + pauseMs(error);
    if (item.value === undefined) return { state: { phase: 'failed', error, retryAt } };
    const since = item.state.phase === 'stale' ? item.state.since : clock.now();
    return { ...item, state: { phase: 'stale', since, error, retryAt } };
  }

  async function next(): Promise<void> {
    let failure: AppErrorData | undefined;
    try {
      const value = await read(ended.signal);
      item = { state: { phase: 'live', since: clock.now() }, value };
    } catch (error) {
      if (ended.signal.aborted) return;
      failure = toAppErrorData(error);
      item = failed(failure);
    }
    for (const listener of listeners) listener();
    if (!ended.signal.aborted) timer = clock.setTimeout(() => void next(), pauseMs(failure));
  }

  void next();
  return {
    read: () => item,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    release() {
      ended.abort();
      clock.clearTimeout(timer);
    },
  };
}
