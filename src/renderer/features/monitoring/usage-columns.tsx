import type { TableColumn } from '../../components/table-model.ts';
import { Sparkline } from '../../components/Sparkline.tsx';
import classes from './Monitoring.module.css';
import type { Bounds } from './bounds.ts';
import { type Measure, MEASURES, type PodHistory } from './usage-history.ts';
import { shareWords, usageWords } from './usage-words.ts';

const WORDS: Readonly<Record<Measure, string>> = { cpu: 'CPU', memory: 'Memory' };

/** Columns of the table: now, peak, and their share of what is requested and allowed. */
export function usageColumns(
  subject: 'Pod' | 'Container',
  bounds: Bounds | undefined,
): readonly TableColumn<PodHistory>[] {
  return [
    {
      id: 'name',
      header: subject,
      minWidthPx: 180,
      grow: 2,
      sortValue: ({ name }) => name,
      cell: ({ name }) => <span className={classes.name}>{name}</span>,
    },
    ...MEASURES.flatMap((measure) => measureColumns(measure, subject === 'Pod' ? bounds : undefined)),
  ];
}

function measureColumns(measure: Measure, bounds: Bounds | undefined): readonly TableColumn<PodHistory>[] {
  const { request, limit } = bounds?.[measure] ?? {};
  const now = ({ now: usage }: PodHistory) => usage?.[measure];
  const number = (
    id: string,
    header: string,
    minWidthPx: number,
    value: (pod: PodHistory) => number | undefined,
    words: (value: number | undefined) => string,
  ): TableColumn<PodHistory> => ({
    id: `${measure}${id}`,
    header,
    minWidthPx,
    grow: 1,
    align: 'end',
    sortValue: (pod) => value(pod) ?? -1,
    cell: (pod) => words(value(pod)),
  });
  const amount = (value: number | undefined) => (value === undefined ? '–' : usageWords(measure, value));
  return [
    {
      ...number('', WORDS[measure], 104, now, amount),
      cell: (pod) => (
        <span className={classes.now}>
          <Sparkline values={pod.points[measure].slice(-20)} />
          {amount(now(pod))}
        </span>
      ),
    },
    number('Peak', 'Peak', 64, (pod) => pod.peak[measure], amount),
    number('Request', 'Of request', 84, now, (value) => shareWords(value, request)),
    number('Limit', 'Of limit', 70, now, (value) => shareWords(value, limit)),
  ];
}
