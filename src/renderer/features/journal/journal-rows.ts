import type { JournalChange, JournalPage, JournalRow } from '../../../shared/contract/journal.ts';

/** What the page has loaded of the journal, the newest first. */
export type LoadedJournal = JournalPage;

/**
 * The newest page over what was loaded. Where the two meet, what was loaded behind it stays; where more was written meanwhile than a
 * page holds, it goes, since there would be a gap.
 */
export function withNewest(loaded: LoadedJournal | undefined, newest: JournalPage): LoadedJournal {
  const last = newest.rows.at(-1);
  if (loaded === undefined || newest.before === undefined || last === undefined) return newest;
  const meets = loaded.rows.findIndex(({ id }) => id === last.id);
  if (meets === -1) return newest;
  return { ...loaded, file: newest.file, rows: [...newest.rows, ...loaded.rows.slice(meets + 1)] };
}

/** A page behind what was loaded, asked for with `before`; an answer to what was loaded earlier changes nothing. */
export function withOlder(loaded: LoadedJournal | undefined, before: string, older: JournalPage): LoadedJournal {
  if (loaded === undefined) return older;
  if (loaded.before !== before) return loaded;
  const known = new Set(loaded.rows.map(({ id }) => id));
  const { before: _, ...rest } = loaded;
  const rows = [...loaded.rows, ...older.rows.filter(({ id }) => !known.has(id))];
  return { ...rest, rows, isGone: older.isGone, ...(older.before === undefined ? {} : { before: older.before }) };
}

export interface JournalFilter {
  readonly words: string;
  /** Of one context only. */
  readonly contextName: string | undefined;
}

/** Rows of the context that hold every word. What cannot be read may be anything, and goes only when words are looked for. */
export function filterRows(rows: readonly JournalRow[], { words, contextName }: JournalFilter): readonly JournalRow[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0 && contextName === undefined) return rows;
  return rows.filter((row) => {
    if (row.type === 'unreadable') return wanted.every((word) => row.why.toLowerCase().includes(word));
    if (contextName !== undefined && row.ref.contextName !== contextName) return false;
    const text = searchText(row);
    return wanted.every((word) => text.includes(word));
  });
}

function searchText({ act, kind, ref, outcome, error = '', kubectl }: JournalChange): string {
  const { contextName, namespace, name } = ref;
  return [act, kind, contextName, `${namespace}/${name}`, outcome, error, kubectl].join('\n').toLowerCase();
}

export function contextNamesOf(rows: readonly JournalRow[]): readonly string[] {
  const names = rows.flatMap((row) => (row.type === 'change' ? [row.ref.contextName] : []));
  return [...new Set(names)].toSorted();
}
