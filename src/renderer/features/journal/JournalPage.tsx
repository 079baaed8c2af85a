import { Button, Select, TextInput } from '@mantine/core';
import { useCallback, useDeferredValue, useMemo, useState } from 'react';
import type { JournalRow } from '../../../shared/contract/journal.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { SectionHead } from '../../components/SectionHead.tsx';
import { VirtualTable } from '../../components/VirtualTable.tsx';
import { isOpen, useContexts } from '../../live/use-contexts.ts';
import classes from './Journal.module.css';
import { journalColumns } from './journal-columns.tsx';
import { JournalEntry } from './JournalEntry.tsx';
import { contextNamesOf, filterRows, type LoadedJournal } from './journal-rows.ts';
import { countWords } from './journal-words.ts';
import { type JournalView, useJournal } from './use-journal.ts';

const rowId = (row: JournalRow) => row.id;
/** The newest first, always: what is loaded is the newest part. */
const keepOrder = () => undefined;

export interface JournalPageProps {
  /** The context whose entries are shown first; the user may choose all. */
  readonly contextName: string | undefined;
}

/** What Everynode changed on this machine, in whatever context: the newest first. Needs no cluster. */
export function JournalPage({ contextName }: JournalPageProps) {
  const view = useJournal();
  const [words, setWords] = useState('');
  const [chosen, setChosen] = useState(contextName);
  const filter = useDeferredValue(words);
  const rows = view.loaded?.rows ?? NO_ROWS;
  const wanted = useMemo(() => ({ words: filter, contextName: chosen }), [filter, chosen]);
  const shown = useMemo(() => filterRows(rows, wanted), [rows, wanted]);
  return (
    <div className={classes.page}>
      <SectionHead title="Journal" isPage>
        <span className={classes.muted} role="status">
          {countWords({ loaded: rows.length, shown: shown.length, hasOlder: view.loaded?.before !== undefined })}
        </span>
        <div className={classes.tools}>
          <ContextChoice rows={rows} chosen={chosen} onChoose={setChosen} />
          <TextInput
            aria-label="Filter the journal"
            placeholder="Filter by change, object, outcome…"
            className={classes.filter}
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
          />
          <Button onClick={() => void view.refresh.run()} loading={view.refresh.state.phase === 'running'}>
            Refresh
          </Button>
        </div>
      </SectionHead>
      {view.error !== undefined && (
        <ErrorPanel
          error={view.error}
          onRetry={() => void view.refresh.run()}
          title={rows.length === 0 ? 'The journal cannot be read' : 'The newest entries cannot be read'}
        />
      )}
      {(view.loaded !== undefined || view.error === undefined) && <Entries loaded={view.loaded} shown={shown} />}
      {view.loaded !== undefined && rows.length > 0 && (
        <Foot
          loaded={view.loaded}
          isFiltered={shown !== rows}
          older={view.older}
          onOlder={() => void view.older.run((more) => filterRows(more, wanted).length > 0)}
        />
      )}
    </div>
  );
}

/** No context has an empty name. */
const ALL = { value: '', label: 'All contexts' };
const NO_ROWS: readonly JournalRow[] = [];

interface ContextChoiceProps {
  readonly rows: readonly JournalRow[];
  readonly chosen: string | undefined;
  readonly onChoose: (contextName: string | undefined) => void;
}

function ContextChoice({ rows, chosen, onChoose }: ContextChoiceProps) {
  const names = useMemo(() => contextNamesOf(rows), [rows]);
  const data = chosen === undefined || names.includes(chosen) ? names : [chosen, ...names];
  return (
    <Select
      aria-label="Context"
      allowDeselect={false}
      className={classes.filter}
      data={[ALL, ...data.map((name) => ({ value: name, label: name }))]}
      value={chosen ?? ALL.value}
      onChange={(name) => onChoose(name === null || name === ALL.value ? undefined : name)}
    />
  );
}

interface EntriesProps {
  readonly loaded: LoadedJournal | undefined;
  readonly shown: readonly JournalRow[];
}

function Entries({ loaded, shown }: EntriesProps) {
  const [openId, setOpenId] = useState<string>();
  const contexts = useContexts().value?.contexts;
  const columns = useMemo(() => {
    const open = new Set(contexts?.filter(isOpen).map(({ contextName }) => contextName));
    return journalColumns((contextName) => open.has(contextName));
  }, [contexts]);
  const toggle = useCallback((row: JournalRow) => setOpenId((id) => (id === row.id ? undefined : row.id)), []);
  return (
    <VirtualTable
      label="Journal"
      items={shown}
      columns={columns}
      rowId={rowId}
      sort={undefined}
      onSort={keepOrder}
      onOpen={toggle}
      selectedId={openId}
      below={(row) => row.id === openId && row.type === 'change' && <JournalEntry change={row} />}
      empty={<Nothing loaded={loaded} />}
    />
  );
}

function Nothing({ loaded }: { readonly loaded: LoadedJournal | undefined }) {
  if (loaded === undefined) return <EmptyState title="Reading the journal…" />;
  if (loaded.rows.length > 0) return <EmptyState title="No entry that is loaded matches" />;
  return (
    <EmptyState title="Nothing was changed yet">
      <span>Every change that Everynode makes in a cluster will stand here, with its kubectl command.</span>
      <code className={classes.file}>{loaded.file}</code>
    </EmptyState>
  );
}

interface FootProps {
  readonly loaded: LoadedJournal;
  readonly isFiltered: boolean;
  readonly older: JournalView['older'];
  /** Loads older entries, on to the next that the filter lets through. */
  readonly onOlder: () => void;
}

/** What lies behind the last row, and where the filter ends. */
function Foot({ loaded, isFiltered, older, onOlder }: FootProps) {
  const isRunning = older.state.phase === 'running';
  const { before, isGone, file } = loaded;
  return (
    <footer className={classes.foot}>
      {before !== undefined && (
        <Button onClick={onOlder} loading={isRunning}>
          {isFiltered ? 'Search older' : 'Load older'}
        </Button>
      )}
      {isRunning && <Button onClick={older.cancel}>Cancel</Button>}
      <span className={classes.muted}>
        {before !== undefined && isFiltered && 'The filter looks only at the entries that are loaded. '}
        {isGone && 'Older entries have been removed by rotation since. '}
        {before === undefined && !isGone && 'This is the beginning of the journal. '}
        <code className={classes.file}>{file}</code>
      </span>
      {older.state.phase === 'failed' && (
        <ErrorPanel error={older.state.error} title="Older entries cannot be read" onRetry={onOlder} />
      )}
    </footer>
  );
}
