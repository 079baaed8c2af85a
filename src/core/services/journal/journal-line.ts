import * as z from 'zod';
import type { JournalOutcome, JournalRow } from '../../../shared/contract/journal.ts';
import { type AppErrorReason, isAppErrorReason } from '../../../shared/errors/app-error.ts';
import type { FileLine } from './file-lines.ts';

/** What a line has beside the objects, as `createJournal` writes it; lines of an older version lack kind and reason. */
const storedChange = z.object({
  at: z.iso.datetime(),
  act: z.string(),
  kind: z.string().default(''),
  ref: z.object({ contextName: z.string(), namespace: z.string(), name: z.string() }),
  outcome: z.enum(['done', 'failed', 'unknown']),
  error: z.string().optional(),
  reason: z.string().optional(),
  kubectl: z.string(),
});

/** With these the server has answered, and done nothing. */
const REFUSALS: ReadonlySet<AppErrorReason> = new Set([
  'Unauthorized',
  'Forbidden',
  'NotFound',
  'AlreadyExists',
  'Conflict',
  'Invalid',
  'Expired',
  'TooManyRequests',
]);

/** A line as a row of the list; one that cannot be read says why, without what stands in it. */
export function journalRow(id: string, { text, isWhole }: Omit<FileLine, 'start'>): JournalRow {
  const unreadable = (why: string): JournalRow => ({ type: 'unreadable', id, why });
  if (text === undefined) return unreadable('This line is too long to be read.');
  const value = parsed(text);
  if (value === undefined) {
    return unreadable(
      isWhole
        ? 'This line is not whole: it was cut while it was written.'
        : 'The last line is not whole: it is being written, or was cut.',
    );
  }
  const stored = storedChange.safeParse(value);
  if (!stored.success) return unreadable('This line is not an entry of the journal.');
  const { at, act, kind, ref, outcome, error, reason, kubectl } = stored.data;
  const change = { type: 'change' as const, id, at: Date.parse(at), act, kind, ref, kubectl };
  return { ...change, outcome: outcomeOf(outcome, reason), ...(error === undefined ? {} : { error }) };
}

function outcomeOf(stored: 'done' | 'failed' | 'unknown', reason: string | undefined): JournalOutcome {
  return stored === 'failed' && isAppErrorReason(reason) && REFUSALS.has(reason) ? 'refused' : stored;
}

/** undefined for what is no JSON: the parser's own message would quote it. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
