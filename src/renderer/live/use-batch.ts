import { useState, useSyncExternalStore } from 'react';
import { Batch } from './batch.ts';

/** A batch of this component, rendered anew with every change. It runs on when the component goes: what was sent is sent. */
export function useBatch<Result>(): Batch<Result> {
  const [batch] = useState(() => new Batch<Result>());
  useSyncExternalStore(batch.subscribe, batch.getVersion);
  return batch;
}
