import { Fragment } from 'react';
import type { DaemonSetCause } from '../../../shared/contract/daemonset.ts';
import { daemonSetStatus } from '../../../shared/kubernetes/daemonset.ts';
import type { DaemonSetRow } from '../../../shared/kubernetes/rows.ts';
import { Age } from '../../components/Age.tsx';
import { NodeBar } from '../../components/NodeBar.tsx';
import type { TableColumn } from '../../components/table-model.ts';
import { formatRoute } from '../../stores/route.ts';
import classes from './cells.module.css';
import { imageWords } from './image-words.ts';
import { RowMenu } from './RowMenu.tsx';
import { StatusCell } from './StatusCell.tsx';
import { statusRank } from './status-view.ts';

export interface ColumnContext {
  readonly contextName: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly causes: ReadonlyMap<string, DaemonSetCause>;
}

type Column = TableColumn<DaemonSetRow>;
type Counted = 'desired' | 'current' | 'ready' | 'updated' | 'available' | 'misscheduled';

function countColumn(id: Counted, header: string, width: Pick<Column, 'minWidthPx' | 'givesWay'>): Column {
  return { id, header, ...width, align: 'end', sortValue: (row) => row[id], cell: (row) => row[id] };
}

function selectorWords(row: DaemonSetRow): string {
  return Object.entries(row.nodeSelector)
    .map(([key, value]) => `${key}=${value}`)
    .join(', ');
}

interface OneLineProps {
  readonly text: string;
  readonly title?: string;
  readonly mono?: boolean;
}

function OneLine({ text, title = text, mono = false }: OneLineProps) {
  return (
    <span className={mono ? `${classes.one} ${classes.mono}` : classes.one} title={title}>
      {text}
    </span>
  );
}

/** On more lines where one is too short: what tells images apart, the tag, stands at their end. */
function Images({ images }: { readonly images: readonly string[] }) {
  return (
    <span className={`${classes.lines} ${classes.mono}`} title={[...new Set(images)].join('\n')}>
      {imageWords(images)
        .split(/(?<=\/)|(?=:)/)
        .map((part, index) => (
          <Fragment key={`${index} ${part}`}>
            {index > 0 && <wbr />}
            {part}
          </Fragment>
        ))}
    </span>
  );
}

function nameColumn(contextName: string): Column {
  return {
    id: 'name',
    header: 'Name',
    pinned: 'start',
    minWidthPx: 150,
    grow: 1.35,
    sortValue: (row) => row.name,
    cell: (row, { tabIndex }) => {
      const second = [row.alias, row.description].filter((text) => text !== undefined && text !== '').join(' · ');
      return (
        <>
          <a
            className={classes.name}
            href={formatRoute({ page: 'daemonSet', contextName, namespace: row.namespace, name: row.name })}
            tabIndex={tabIndex}
            title={row.name}
          >
            {row.name}
          </a>
          {second !== '' && (
            <span className={classes.second} title={second}>
              {second}
            </span>
          )}
        </>
      );
    },
  };
}

/**
 * Every column of the list, in order. Of those that are shown by default, what the status says too gives way first; one
 * that the user added stays.
 */
export function daemonSetColumns({ contextName, now, causes }: ColumnContext): readonly Column[] {
  return [
    nameColumn(contextName),
    {
      id: 'namespace',
      header: 'Namespace',
      minWidthPx: 100,
      grow: 0.4,
      sortValue: (row) => row.namespace,
      cell: (row) => <OneLine text={row.namespace} />,
    },
    {
      id: 'status',
      header: 'Status',
      minWidthPx: 176,
      grow: 1.4,
      sortValue: (row) => statusRank(daemonSetStatus(row, { now, ...causeOf(causes, row) })),
      cell: (row) => <StatusCell row={row} now={now} cause={causes.get(row.uid)} />,
    },
    {
      id: 'nodes',
      header: 'Nodes',
      minWidthPx: 80,
      givesWay: 1,
      grow: 0.4,
      sortValue: (row) => (row.desired === 0 ? 1 : row.ready / row.desired),
      cell: (row) => <NodeBar counts={row} />,
    },
    countColumn('desired', 'Desired', { minWidthPx: 70 }),
    countColumn('current', 'Current', { minWidthPx: 70 }),
    countColumn('ready', 'Ready', { minWidthPx: 62 }),
    countColumn('updated', 'Up-to-date', { minWidthPx: 92, givesWay: 2 }),
    countColumn('available', 'Available', { minWidthPx: 82, givesWay: 3 }),
    countColumn('misscheduled', 'Misscheduled', { minWidthPx: 108 }),
    {
      id: 'nodeSelector',
      header: 'Node selector',
      minWidthPx: 110,
      grow: 1,
      sortValue: selectorWords,
      cell: (row) => <OneLine text={selectorWords(row)} mono />,
    },
    {
      id: 'images',
      header: 'Images',
      minWidthPx: 110,
      givesWay: 5,
      grow: 1.5,
      sortValue: (row) => row.images.join(' '),
      cell: (row) => <Images images={row.images} />,
    },
    {
      id: 'age',
      header: 'Age',
      minWidthPx: 54,
      givesWay: 4,
      align: 'end',
      sortValue: (row) => -Date.parse(row.creationTimestamp),
      cell: (row) => <Age timestamp={row.creationTimestamp} />,
    },
    {
      id: 'actions',
      header: '',
      pinned: 'end',
      minWidthPx: 40,
      align: 'end',
      cell: (row, { tabIndex }) => <RowMenu contextName={contextName} row={row} tabIndex={tabIndex} />,
    },
  ];
}

function causeOf(causes: ReadonlyMap<string, DaemonSetCause>, row: DaemonSetRow): { readonly cause?: DaemonSetCause } {
  const cause = causes.get(row.uid);
  return cause === undefined ? {} : { cause };
}
