import type { JournalChange, JournalRow } from '../../../shared/contract/journal.ts';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import type { CellPlace, TableColumn } from '../../components/table-model.ts';
import { useNow } from '../../live/use-now.ts';
import classes from './Journal.module.css';
import { exactTime, objectLink, objectWords, outcomeTone, whenWords } from './journal-words.ts';

const MINUTE_MS = 60_000;

/** `isOpen`: whether a context is connected, so that its objects have pages. */
export function journalColumns(isOpen: (contextName: string) => boolean): readonly TableColumn<JournalRow>[] {
  return [
    { id: 'when', header: 'Time', minWidthPx: 132, cell: ofChange(({ at }) => <When at={at} />) },
    {
      id: 'context',
      header: 'Context',
      minWidthPx: 100,
      grow: 0.6,
      cell: ofChange(({ ref }) => <Clamped text={ref.contextName} />),
    },
    { id: 'act', header: 'Change', minWidthPx: 136, cell: ofChange(({ act }) => <strong>{act}</strong>) },
    {
      id: 'object',
      header: 'Object',
      minWidthPx: 170,
      grow: 1.2,
      cell: ofChange((change, place) => <Subject change={change} isOpen={isOpen} tabIndex={place.tabIndex} />),
    },
    { id: 'outcome', header: 'Outcome', minWidthPx: 180, grow: 1.4, cell: (row) => <Outcome row={row} /> },
  ];
}

function ofChange(cell: (change: JournalChange, place: CellPlace) => React.ReactNode): TableColumn<JournalRow>['cell'] {
  return (row, place) => (row.type === 'change' ? cell(row, place) : <span className={classes.muted}>–</span>);
}

function When({ at }: { readonly at: number }) {
  const now = useNow(MINUTE_MS);
  return (
    <time dateTime={new Date(at).toISOString()} title={exactTime(at)}>
      {whenWords(at, now)}
    </time>
  );
}

function Clamped({ text }: { readonly text: string }) {
  return (
    <span className={classes.clamped} title={text}>
      {text}
    </span>
  );
}

interface SubjectProps {
  readonly change: JournalChange;
  readonly isOpen: (contextName: string) => boolean;
  readonly tabIndex: CellPlace['tabIndex'];
}

function Subject({ change, isOpen, tabIndex }: SubjectProps) {
  const words = objectWords(change);
  const href = isOpen(change.ref.contextName) ? objectLink(change) : undefined;
  if (href === undefined) return <Clamped text={words} />;
  return (
    <span className={classes.clamped} title={words}>
      <a className={classes.link} href={href} tabIndex={tabIndex}>
        {words}
      </a>
    </span>
  );
}

function Outcome({ row }: { readonly row: JournalRow }) {
  const why = row.type === 'change' ? row.error : row.why;
  return (
    <span className={classes.outcome}>
      {row.type === 'change' ? (
        <StatusBadge tone={outcomeTone(row.outcome)}>{row.outcome}</StatusBadge>
      ) : (
        <StatusBadge tone="warn">unreadable</StatusBadge>
      )}
      {why !== undefined && (
        <span className={classes.why} title={why}>
          {why}
        </span>
      )}
    </span>
  );
}
