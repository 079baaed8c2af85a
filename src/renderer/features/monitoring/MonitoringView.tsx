import { useMemo, useState } from 'react';
import type { UsageBounds } from '../../../shared/kubernetes/pod-usage.ts';
import { TimeChart } from '../../charts/TimeChart.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { FactPanel } from '../../components/FactPanel.tsx';
import { ReadTrouble } from '../../components/ReadTrouble.tsx';
import { SectionHead } from '../../components/SectionHead.tsx';
import { VirtualTable } from '../../components/VirtualTable.tsx';
import { useReadNow } from '../../live/use-read-now.ts';
import type { SortOrder } from '../../stores/route.ts';
import type { Bounds } from './bounds.ts';
import { chartData, chartWords, legendOf } from './chart-data.ts';
import classes from './Monitoring.module.css';
import { usageColumns } from './usage-columns.tsx';
import { type Measure, MEASURES, type PodHistory } from './usage-history.ts';
import { noUsageWords, usageWords } from './usage-words.ts';
import { useUsages, type PodUsages } from './UsageProvider.tsx';

export interface MonitoringViewProps {
  readonly contextName: string;
  /** What is measured: "Pod" or "Container". */
  readonly subject: 'Pod' | 'Container';
  /** The lines of the charts; absent where they are not known, or not the same for all. */
  readonly bounds?: Bounds | undefined;
  /** Of one row of the table. Keep it stable. */
  readonly boundsOf: (name: string) => Bounds | undefined;
  /** Where a row of the table has its own page. Keep it stable. */
  readonly hrefOf?: (name: string) => string;
}

const TITLES: Readonly<Record<Measure, string>> = { cpu: 'CPU', memory: 'Memory' };

/** Charts and table of what was measured since the page opened. */
export function MonitoringView(props: MonitoringViewProps) {
  const usages = useUsages();
  if (usages === undefined) return null;
  return <Measured {...props} usages={usages} />;
}

function Measured({
  contextName,
  subject,
  bounds,
  boundsOf,
  hrefOf,
  usages,
}: MonitoringViewProps & { readonly usages: PodUsages }) {
  const { state, retry, times, pods } = usages;
  const readNow = useReadNow(contextName, retry);
  const [sort, setSort] = useState<SortOrder | undefined>({ column: 'cpu', descending: true });
  const items = useMemo(() => [...pods.values()], [pods]);
  const columns = useMemo(() => usageColumns(subject, boundsOf, hrefOf), [subject, boundsOf, hrefOf]);
  if (times.length === 0) {
    if (state.phase === 'failed') return <EmptyState title={noUsageWords(state.error)} />;
    return (
      <EmptyState title={state.phase === 'live' ? 'No figures yet' : 'Reading CPU and memory…'}>{YOUNG}</EmptyState>
    );
  }
  return (
    <section className={classes.view} aria-label="Monitoring">
      <SectionHead title="Monitoring">
        <span className={classes.muted}>{sinceWords(times)}</span>
        <ReadTrouble subject="CPU and memory" state={state} onNow={readNow} />
      </SectionHead>
      <div className={classes.charts}>
        {MEASURES.map((measure) => (
          <UsageChart key={measure} subject={subject} measure={measure} bounds={bounds?.[measure]} usages={usages} />
        ))}
      </div>
      <VirtualTable
        label={`CPU and memory by ${subject.toLowerCase()}`}
        items={items}
        columns={columns}
        rowId={historyName}
        sort={sort}
        onSort={setSort}
      />
    </section>
  );
}

const historyName = ({ name }: PodHistory) => name;
const YOUNG = <span>A pod has figures when it has run for a while; the metrics API makes new ones every 15 s.</span>;

interface UsageChartProps {
  readonly subject: 'Pod' | 'Container';
  readonly measure: Measure;
  readonly bounds: UsageBounds | undefined;
  readonly usages: PodUsages;
}

function UsageChart({ subject, measure, bounds = {}, usages }: UsageChartProps) {
  const data = useMemo(() => chartData(usages, { measure, bounds, subject }), [usages, measure, bounds, subject]);
  const words = useMemo(() => (value: number) => usageWords(measure, value), [measure]);
  return (
    <FactPanel title={TITLES[measure]}>
      <ul className={classes.legend}>
        {legendOf(usages, { measure, bounds, subject }).map(({ look, text }) => (
          <li key={text} data-look={look}>
            {text}
          </li>
        ))}
      </ul>
      <TimeChart
        label={chartWords(usages, { measure, bounds, subject })}
        data={data}
        words={words}
        base={measure === 'memory' ? 2 : 10}
      />
    </FactPanel>
  );
}

function sinceWords(times: readonly number[]): string {
  const [first = 0] = times;
  const samples = times.length === 1 ? '1 sample' : `${times.length} samples`;
  return `${samples} since ${new Date(first).toLocaleTimeString()}; kept while this page is open`;
}
