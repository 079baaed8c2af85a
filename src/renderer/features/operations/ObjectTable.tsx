import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { VirtualTable } from '../../components/VirtualTable.tsx';
import type { CellPlace, TableColumn } from '../../components/table-model.ts';
import type { ObjectLine } from './object-line.ts';
import classes from './ObjectTable.module.css';

export interface ObjectTableProps {
  readonly label: string;
  readonly lines: readonly ObjectLine[];
  /** What the last column says; until something was done that is no outcome. */
  readonly says?: 'Now' | 'Outcome';
}

const lineId = (line: ObjectLine) => line.id;

/** The objects of an operation, each with its own outcome; 5,000 are as fast as five. */
export function ObjectTable({ label, lines, says = 'Outcome' }: ObjectTableProps) {
  const hasWhat = lines.some(({ what }) => what !== undefined);
  const columns = useMemo(() => columnsOf(hasWhat, says), [hasWhat, says]);
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

function columnsOf(hasWhat: boolean, says: string): readonly TableColumn<ObjectLine>[] {
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
      header: says,
      minWidthPx: 150,
      grow: 1,
      cell: (line, { tabIndex }) => <Outcome line={line} tabIndex={tabIndex} />,
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

function Outcome({ line, tabIndex }: CellPlace & { readonly line: ObjectLine }) {
  const { name, outcome, tone, detail, again } = line;
  const isSaid = tone === 'bad' || tone === 'quiet';
  return (
    <>
      {isSaid && <span className={tone === 'bad' ? classes.bad : classes.said}>{outcome}</span>}
      {!isSaid && outcome !== '' && <StatusBadge tone={tone}>{outcome}</StatusBadge>}
      {detail !== undefined && <span className={classes.detail}>{detail}</span>}
      {again && (
        <Button
          className={classes.again}
          size="compact-xs"
          tabIndex={tabIndex}
          aria-label={`${again.words}: ${name}`}
          onClick={again.run}
        >
          {again.words}
        </Button>
      )}
    </>
  );
}
