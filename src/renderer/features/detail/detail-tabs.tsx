import { type ComponentType, lazy } from 'react';
import type { PodPlacement } from '../../../shared/kubernetes/node-coverage.ts';
import type { DaemonSetRow } from '../../../shared/kubernetes/rows.ts';
import { LogsTab } from './LogsTab.tsx';
import { ResourceStatusTab } from './ResourceStatusTab.tsx';

export interface DetailTabProps {
  readonly row: DaemonSetRow;
  readonly contextName: string;
  /** From the URL: what is open in the tab. */
  readonly pod: string | undefined;
  readonly container: string | undefined;
  readonly run: string | undefined;
  readonly node: string | undefined;
  readonly show: string | undefined;
  /** Where its template wants to run. */
  readonly placement: PodPlacement | undefined;
}

export interface DetailTab {
  /** As the URL names it. */
  readonly value: string;
  readonly label: string;
  readonly Panel: ComponentType<DetailTabProps>;
}

const NodesTab = lazy(async () => ({ default: (await import('./NodesTab.tsx')).NodesTab }));
const EventsTab = lazy(async () => ({ default: (await import('./EventsTab.tsx')).EventsTab }));
const EnvironmentTab = lazy(async () => ({ default: (await import('./EnvironmentTab.tsx')).EnvironmentTab }));
const MonitoringTab = lazy(async () => ({ default: (await import('./MonitoringTab.tsx')).MonitoringTab }));
const MetadataTab = lazy(async () => ({ default: (await import('./MetadataTab.tsx')).MetadataTab }));
const YamlTab = lazy(async () => ({ default: (await import('./YamlTab.tsx')).YamlTab }));

const STATUS: DetailTab = { value: 'status', label: 'Resource status', Panel: ResourceStatusTab };

const RevisionsTab = lazy(async () => ({ default: (await import('./RevisionsTab.tsx')).RevisionsTab }));

/** In their order on the page. The first one stands for every name that is none of these. */
export const DETAIL_TABS: readonly DetailTab[] = [
  STATUS,
  { value: 'nodes', label: 'Nodes', Panel: NodesTab },
  { value: 'revisions', label: 'Revision records', Panel: RevisionsTab },
  { value: 'logs', label: 'Logs', Panel: LogsTab },
  { value: 'events', label: 'Events', Panel: EventsTab },
  { value: 'monitoring', label: 'Monitoring', Panel: MonitoringTab },
  { value: 'environment', label: 'Environment', Panel: EnvironmentTab },
  { value: 'metadata', label: 'Metadata', Panel: MetadataTab },
  { value: 'yaml', label: 'YAML', Panel: YamlTab },
];

/** The tab that the URL names. */
export function tabOf(value: string | undefined): DetailTab {
  return DETAIL_TABS.find((tab) => tab.value === value) ?? STATUS;
}
