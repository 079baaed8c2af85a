import { pagePart } from '../../components/page-part.tsx';
import type { PodTab } from './pod-tab.ts';
import { PodOverview } from './PodOverview.tsx';

const OVERVIEW: PodTab = { value: 'overview', label: 'Overview', Panel: PodOverview };

const { Part: PodEventsTab } = pagePart(async () => (await import('./PodEventsTab.tsx')).PodEventsTab);
const { Part: PodMonitoringTab } = pagePart(async () => (await import('./PodMonitoringTab.tsx')).PodMonitoringTab);
const { Part: PodEnvironmentTab } = pagePart(async () => (await import('./PodEnvironmentTab.tsx')).PodEnvironmentTab);
const { Part: PodLogTab } = pagePart(async () => (await import('./PodLogTab.tsx')).PodLogTab);
const { Part: PodYamlTab } = pagePart(async () => (await import('./PodYamlTab.tsx')).PodYamlTab);

/** The tabs of a pod's page, in order. */
export const POD_TABS: readonly PodTab[] = [
  OVERVIEW,
  { value: 'log', label: 'Log', Panel: PodLogTab },
  { value: 'events', label: 'Events', Panel: PodEventsTab },
  { value: 'monitoring', label: 'Monitoring', Panel: PodMonitoringTab },
  { value: 'environment', label: 'Environment', Panel: PodEnvironmentTab },
  { value: 'yaml', label: 'YAML', Panel: PodYamlTab },
];

/** The tab that a link names; the overview for one that is not known. */
export function podTabOf(value: string | undefined): PodTab {
  return POD_TABS.find((tab) => tab.value === value) ?? OVERVIEW;
}
