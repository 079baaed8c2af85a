import type { TableColumn } from '../../components/table-model.ts';
import { EndKept } from '../../components/EndKept.tsx';
import { Sparkline } from '../../components/Sparkline.tsx';
import classes from './Monitoring.module.css';
import type { Bounds } from './bounds.ts';
import { type Measure, MEASURES, type PodHistory } from './usage-history.ts';
import { shareWords, usageWords } from './usage-words.ts';

type BoundsOf = (name: string) => Bounds | undefined;

const WORDS: Readonly<Record<Measure, string>> = { cpu: 'CPU', memory: 'Memory' };

/**
 * Columns of the table: now, peak, and their share of what is requested and allowed.
 *
 * @param hrefOf where a row's own page is, if it has one
 */
export function usageColumns(
  subject: 'Pod' | 'Container',
  boundsOf: BoundsOf,
  hrefOf?: (name: string) => string,
): readonly TableColumn<PodHistory>[] {
  return [
    {
      id: 'name',
      header: subject,
      minWidthPx: 136,
      grow: 2,
      sortValue: ({ name }) => name,
      cell: ({ name }, { tabIndex }) =>
        hrefOf ? (
          <a className={`${classes.name} ${classes.link}`} tabIndex={tabIndex} href={hrefOf(name)} title={name}>
            <EndKept name={name} />
          </a>
        ) : (
          <span className={classes.name} title={name}>
            <EndKept name={name} />
          </span>
        ),
    },
    ...MEASURES.flatMap((measure) => measureColumns(measure, boundsOf)),
  ];
}

function measureColumns(measure: Measure, boundsOf: BoundsOf): readonly TableColumn<PodHistory>[] {
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
  const share = (
    id: string,
    header: string,
    minWidthPx: number,
    bound: 'request' | 'limit',
  ): TableColumn<PodHistory> => ({
    id: `${measure}${id}`,
    header,
    minWidthPx,
    grow: 1,
    align: 'end',
    sortValue: (pod) => (now(pod) ?? -1) / (boundsOf(pod.name)?.[measure][bound] ?? Infinity),
    cell: (pod) => shareWords(now(pod), boundsOf(pod.name)?.[measure][bound]),
  });
  const amount = (value: number | undefined) => (value === undefined ? '–' : usageWords(measure, value));
  return [
    {
      ...number('', WORDS[measure], 90, now, amount),
      cell: (pod) => (
        <span className={classes.now}>
          <Sparkline values={pod.points[measure].slice(-20)} />
          {amount(now(pod))}
        </span>
      ),
    },
    { ...number('Peak', 'Peak', 58, (pod) => pod.peak[measure], amount), givesWay: measure === 'cpu' ? 1 : 2 },
    share('Request', 'Of request', 90, 'request'),
    share('Limit', 'Of limit', 73, 'limit'),
  ];
}
