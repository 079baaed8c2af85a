import type { UsageBounds } from '../../../shared/kubernetes/pod-usage.ts';
import type { ChartData, ChartLine } from '../../charts/chart-lines.ts';
import { alignedPoints, type Measure, topPods, type UsageHistoryView } from './usage-history.ts';
import { usageWords } from './usage-words.ts';

/** Above so many pods, those that use most are drawn, and the rest are in the largest and the middle alone. */
const LINES = 20;

export interface ChartAbout {
  readonly measure: Measure;
  readonly bounds: UsageBounds;
  readonly subject: 'Pod' | 'Container';
}

/** The largest and the middle of all pods over thin lines of those that use most, with request and limit. */
export function chartData(usages: UsageHistoryView, { measure, bounds, subject }: ChartAbout): ChartData {
  const { times } = usages;
  const level = (label: string, value: number | undefined, look: ChartLine['look']): readonly ChartLine[] =>
    value === undefined ? [] : [{ label, look, values: times.map(() => value) }];
  const thin = topPods(usages, measure, LINES).map((pod): ChartLine => ({
    label: pod.name,
    look: 'thin',
    values: alignedPoints(usages, pod, measure),
  }));
  const isOfPods = subject === 'Pod' && usages.pods.size > 1;
  return {
    times,
    lines: [
      ...thin,
      ...(isOfPods ? [{ label: 'Median', look: 'middle', values: usages.median[measure] } as const] : []),
      { label: 'Highest', look: 'main', values: usages.max[measure] },
      ...level('Request', bounds.request, 'request'),
      ...level('Limit', bounds.limit, 'limit'),
    ],
  };
}

export interface LegendEntry {
  readonly look: ChartLine['look'];
  readonly text: string;
}

/** With the newest values: the legend is read without pointing at the chart. */
export function legendOf(usages: UsageHistoryView, { measure, bounds, subject }: ChartAbout): readonly LegendEntry[] {
  const entry = (look: ChartLine['look'], name: string, value: number | null | undefined): readonly LegendEntry[] =>
    value === undefined || value === null ? [] : [{ look, text: `${name} ${usageWords(measure, value)}` }];
  const isOfPods = subject === 'Pod' && usages.pods.size > 1;
  return [
    ...entry('main', 'highest', usages.max[measure].at(-1)),
    ...(isOfPods ? entry('middle', 'median', usages.median[measure].at(-1)) : []),
    ...entry('request', 'request', bounds.request),
    ...entry('limit', 'limit', bounds.limit),
    ...(usages.pods.size > LINES ? [{ look: 'thin', text: `the ${LINES} that use most` } as const] : []),
  ];
}

/** "CPU of 24 pods: highest 120m, median 80m, request 100m": the chart for those who do not see it. */
export function chartWords(usages: UsageHistoryView, about: ChartAbout): string {
  const what = about.measure === 'cpu' ? 'CPU' : 'Memory';
  const unit = about.subject.toLowerCase();
  const count = usages.pods.size === 1 ? `1 ${unit}` : `${usages.pods.size} ${unit}s`;
  return `${what} of ${count}: ${legendOf(usages, about)
    .map(({ text }) => text)
    .join(', ')}`;
}
