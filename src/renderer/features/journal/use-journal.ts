import { useEffect, useState } from 'react';
import type { JournalRow } from '../../../shared/contract/journal.ts';
import type { AppErrorData } from '../../../shared/errors/app-error.ts';
import { useServices } from '../../live/services.ts';
import { type Action, useAction } from '../../live/use-action.ts';
import { useValue } from '../../live/use-value.ts';
import { type LoadedJournal, withNewest, withOlder } from './journal-rows.ts';

const PAGE_ROWS = 200;

export interface JournalView {
  /** undefined until the first answer. */
  readonly loaded: LoadedJournal | undefined;
  /** Why the newest entries could not be read. */
  readonly error: AppErrorData | undefined;
  readonly refresh: Action<void>;
  /** One page more, and further ones until `isEnough` of what one brings, or the beginning is reached. */
  readonly older: Action<(rows: readonly JournalRow[]) => boolean>;
}

/** The journal's entries: the newest page, read anew whenever this Everynode writes one, and older ones when asked for. */
export function useJournal(): JournalView {
  const { client } = useServices();
  const [loaded, setLoaded] = useState<LoadedJournal>();
  const written = useValue<number>(['journalWritten', ''], (opened, signal) =>
    opened.journal.watchWritten(undefined, { signal }),
  );
  const refresh = useAction(async (_: void, signal) => {
    const newest = await client.journal.page({ limit: PAGE_ROWS }, { signal });
    setLoaded((before) => withNewest(before, newest));
  });
  const older = useAction(async (isEnough: (rows: readonly JournalRow[]) => boolean, signal) => {
    let before = loaded?.before;
    while (before !== undefined) {
      const asked = before;
      const page = await client.journal.page({ before: asked, limit: PAGE_ROWS }, { signal });
      if (signal.aborted) return;
      setLoaded((current) => withOlder(current, asked, page));
      if (isEnough(page.rows)) return;
      before = page.before;
    }
  });
  // The journal is a file and needs no news to be read.
  const news = written.value ?? (written.state.phase === 'failed' ? -1 : undefined);
  const { run } = refresh;
  useEffect(() => {
    if (news !== undefined) void run();
  }, [news, run]);
  const error = refresh.state.phase === 'failed' ? refresh.state.error : undefined;
  return { loaded, error, refresh, older };
}
