import { useMemo, useSyncExternalStore } from 'react';
import type { ValueItem } from '../../shared/contract/live.ts';
import type { LiveKey, Opens } from './live-registry.ts';
import { useServices } from './services.ts';

export interface LiveValue<Value> extends ValueItem<Value> {
  readonly retry: () => void;
}

const NOTHING: ValueItem<never> = { state: { phase: 'connecting' } };
const nothing = (): ValueItem<never> => NOTHING;
const never = () => () => undefined;
const noRetry = () => undefined;

/** The newest value of a `latest` stream. `key` says everything that `open` depends on; without one nothing is read. */
export function useValue<Value>(key: LiveKey | undefined, open: Opens<ValueItem<Value>>): LiveValue<Value> {
  const { live } = useServices();
  const id = JSON.stringify(key);
  // `open` is new at every render; the key names all that it depends on.
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  const source = useMemo(() => (key === undefined ? undefined : live.value(key, open)), [live, id]);
  const snapshot = useSyncExternalStore<ValueItem<Value>>(
    source?.subscribe ?? never,
    source?.store.getSnapshot ?? nothing,
  );
  return { ...snapshot, retry: source?.retry ?? noRetry };
}
