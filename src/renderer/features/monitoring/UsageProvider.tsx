import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import type { ReadState } from '../../../shared/contract/live.ts';
import type { UsageSample } from '../../../shared/kubernetes/pod-usage.ts';
import type { LiveValue } from '../../live/use-value.ts';
import { UsageHistory, type UsageHistoryView } from './usage-history.ts';

export interface PodUsages extends UsageHistoryView {
  readonly state: ReadState;
  readonly retry: () => void;
}

const UsageContext = createContext<PodUsages | undefined>(undefined);

export interface UsageProviderProps {
  /** Live; what it said is kept as long as this is mounted with the same key. */
  readonly samples: LiveValue<UsageSample>;
  readonly children: ReactNode;
}

/** Keeps what was sampled since the page opened, for all of its tabs. */
export function UsageProvider({ samples: { value, state, retry }, children }: UsageProviderProps) {
  const [history] = useState(() => new UsageHistory());
  const view = useMemo(() => {
    // The same sample twice is the same history.
    if (value !== undefined) history.add(value);
    return history.view;
  }, [history, value]);
  const usages = useMemo(() => ({ ...view, state, retry }), [view, state, retry]);
  return <UsageContext.Provider value={usages}>{children}</UsageContext.Provider>;
}

/** Undefined outside of a page that reads usage. */
export function useUsages(): PodUsages | undefined {
  return useContext(UsageContext);
}
