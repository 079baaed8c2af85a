import { useMemo } from 'react';
import { StatusBadge, type Tone } from '../../components/StatusBadge.tsx';
import { VirtualTable } from '../../components/VirtualTable.tsx';
import type { TableColumn } from '../../components/table-model.ts';
import classes from './ObjectTable.module.css';

/** One object of an operation on many: what is done to it, and what it came to. */
export interface ObjectLine {
  readonly id: string;
  readonly name: string;
  readonly place: string;
  /** One change a line: "main: a:1 → a:2". */
  readonly what?: readonly string[];
  readonly outcome: string;
  readonly tone: Tone;
}

export interface ObjectTableProps {
  readonly label: string;
  readonly lines: readonly ObjectLine[];
}

const lineId = (line: ObjectLine) => line.id;

/** The objects of an operation, each with its own outcome; 5,000 are as fast as five. */
export function ObjectTable({ label, lines }: ObjectTableProps) {
  const hasWhat = lines.some(({ what }) => what !== undefined);
  const columns = useMemo(() => columnsOf(hasWhat), [hasWhat]);
  return (
    <div className={classes.frame}>
      <VirtualTable
        label={label}
        items={lines}
        columns={columns}
        rowId={lineId}
        sort={undefined}
        onSort={() => undefined}
      />
    </div>
  );
}

function columnsOf(hasWhat: boolean): readonly TableColumn<ObjectLine>[] {
  return [
    {
      id: 'name',
      header: 'DaemonSet',
      minWidthPx: 130,
      grow: 1,
      cell: (line) => (
        <>
          <span className={classes.name}>{line.name}</span>
          <span className={classes.place}>{line.place}</span>
        </>
      ),
    },
    ...(hasWhat ? [WHAT] : []),
    {
      id: 'outcome',
      header: 'Outcome',
      minWidthPx: 150,
      grow: 1,
      cell: (line) =>
        line.tone === 'bad' || line.tone === 'quiet' ? (
          <span className={line.tone === 'bad' ? classes.bad : classes.said}>{line.outcome}</span>
        ) : (
          line.outcome !== '' && <StatusBadge tone={line.tone}>{line.outcome}</StatusBadge>
        ),
    },
  ];
}

const WHAT: TableColumn<ObjectLine> = {
  id: 'what',
  header: 'Change',
  minWidthPx: 200,
  grow: 1.8,
  cell: (line) => (
    <span className={classes.what}>
      {(line.what ?? []).map((change) => (
        <span key={change}>{change}</span>
      ))}
    </span>
  ),
};
