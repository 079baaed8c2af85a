import type { PodTab } from './pod-tab.ts';
import { PodOverview } from './PodOverview.tsx';

const OVERVIEW: PodTab = { value: 'overview', label: 'Overview', Panel: PodOverview };

/** The tabs of a pod's page, in order. */
export const POD_TABS: readonly PodTab[] = [OVERVIEW];

/** The tab that a link names; the overview for one that is not known. */
export function podTabOf(value: string | undefined): PodTab {
  return POD_TABS.find((tab) => tab.value === value) ?? OVERVIEW;
}
