import type { JournalReads } from '../services/journal/journal-reads.ts';
import { latestStream } from '../streams/latest-stream.ts';
import { callSignal, os } from './os.ts';

export function journalHandlers(journal: JournalReads) {
  return {
    page: os.journal.page.handler(({ input }) => journal.page(input)),
    detail: os.journal.detail.handler(({ input }) => journal.detail(input.id)),
    watchWritten: os.journal.watchWritten.handler(({ signal, context }) =>
      latestStream(journal.written(), callSignal(signal, context)),
    ),
  };
}
