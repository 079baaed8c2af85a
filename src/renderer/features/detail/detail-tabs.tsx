import type { ComponentType } from 'react';
import type { PodPlacement } from '../../../shared/kubernetes/node-coverage.ts';
import type { DaemonSetRow } from '../../../shared/kubernetes/rows.ts';
import { pagePart } from '../../components/page-part.tsx';
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

const { Part: NodesTab } = pagePart(async () => (await import('./NodesTab.tsx')).NodesTab);
const { Part: EventsTab } = pagePart(async () => (await import('./EventsTab.tsx')).EventsTab);
const { Part: EnvironmentTab } = pagePart(async () => (await import('./EnvironmentTab.tsx')).EnvironmentTab);
const { Part: MonitoringTab } = pagePart(async () => (await import('./MonitoringTab.tsx')).MonitoringTab);
const { Part: MetadataTab } = pagePart(async () => (await import('./MetadataTab.tsx')).MetadataTab);
const { Part: YamlTab } = pagePart(async () => (await import('./YamlTab.tsx')).YamlTab);

const STATUS: DetailTab = { value: 'status', label: 'Resource status', Panel: ResourceStatusTab };

const { Part: RevisionsTab } = pagePart(async () => (await import('./RevisionsTab.tsx')).RevisionsTab);

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
