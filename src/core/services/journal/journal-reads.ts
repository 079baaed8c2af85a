import type { Clock } from '../../../shared/clock.ts';
import type { JournalDetail, JournalPage, JournalRow } from '../../../shared/contract/journal.ts';
import type { ValueItem } from '../../../shared/contract/live.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { Journal } from '../../journal.ts';
import type { LatestSource } from '../../streams/latest-stream.ts';
import { lineAt, linesBackward } from './file-lines.ts';
import { cannotRead, type JournalFile, openJournalFiles, UNFINISHED, whyUnreadable } from './journal-files.ts';
import { journalDetail } from './journal-detail.ts';
import { journalRow } from './journal-line.ts';

export interface PageQuery {
  /** Of an earlier page. */
  readonly before?: string | undefined;
  readonly limit: number;
}

/**
 * The journal as pages, from the last entry back over all of its files. A line is known by its file's first line and its own place,
 * so pages fit together while entries are written and files rotated between them.
 */
export class JournalReads {
  readonly #path: string;
  readonly #journal: Journal;
  readonly #clock: Clock;

  constructor(path: string, journal: Journal, clock: Clock) {
    this.#path = path;
    this.#journal = journal;
    this.#clock = clock;
  }

  /** @throws AppError InternalError */
  async page(query: PageQuery): Promise<JournalPage> {
    await using opened = await openJournalFiles(this.#path);
    try {
      return { ...(await readPage(opened.files, query)), file: this.#path };
    } catch (error) {
      throw cannotRead(this.#path, whyUnreadable(error));
    }
  }

  /** @throws AppError NotFound, InternalError */
  async detail(id: string): Promise<JournalDetail> {
    const { file: fileId, offset: start } = placeOf(id);
    await using opened = await openJournalFiles(this.#path);
    const file = opened.files.find((each) => 'id' in each && each.id === fileId);
    const line = file && 'id' in file ? await lineAt(file.handle, { start, size: file.size }) : undefined;
    const detail = line === undefined ? undefined : journalDetail(line);
    if (detail) return detail;
    throw new AppError({ reason: 'NotFound', message: 'This entry is not in the journal any more.' });
  }

  /** How many changes were written since this core began. */
  written(): LatestSource<ValueItem<number>> {
    const since = this.#clock.now();
    return {
      read: () => ({ state: { phase: 'live', since }, value: this.#journal.written }),
      subscribe: (listener) => this.#journal.subscribe(listener),
      release: () => undefined,
    };
  }
}

type PageRows = Omit<JournalPage, 'file'>;

async function readPage(files: readonly JournalFile[], { before, limit }: PageQuery): Promise<PageRows> {
  const from = startOf(files, before);
  if (from === undefined) return { rows: [], isGone: true };
  const rows: JournalRow[] = [];
  let last: string | undefined;
  for (const [index, file] of files.entries()) {
    if (index < from.index) continue;
    if ('why' in file) {
      rows.push({ type: 'unreadable', id: file.name, why: `The file ${file.name} cannot be read: ${file.why}.` });
      continue;
    }
    const end = index === from.index ? Math.min(from.end, file.size) : file.size;
    for await (const line of linesBackward(file.handle, end)) {
      // One line more than is asked for tells that there is an older page.
      if (rows.length >= limit && last !== undefined) return { rows, before: last, isGone: false };
      last = `${file.id}:${line.start}`;
      rows.push(journalRow(last, line));
    }
  }
  return { rows, isGone: false };
}

interface Start {
  readonly index: number;
  readonly end: number;
}

/** Where a page begins; undefined where its file has gone. */
function startOf(files: readonly JournalFile[], before: string | undefined): Start | undefined {
  if (before === undefined) return { index: 0, end: Number.POSITIVE_INFINITY };
  const { file: id, offset: end } = placeOf(before);
  const index = files.findIndex((file) => 'id' in file && file.id === id);
  if (index !== -1) return { index, end };
  // The only line of the newest file was not whole then: it stands in the same place.
  return id === UNFINISHED ? { index: 0, end: 0 } : undefined;
}

function placeOf(id: string): { readonly file: string; readonly offset: number } {
  const [file = '', offset = ''] = id.split(':');
  return { file, offset: Number(offset) };
}
