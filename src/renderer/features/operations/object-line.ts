import type { BatchItem } from '../../live/batch.ts';
import type { Tone } from '../../components/StatusBadge.tsx';
import { failureWords } from './batch-words.ts';

/** One object of an operation on many: what is done to it, and what it came to. */
export interface ObjectLine {
  readonly id: string;
  readonly name: string;
  readonly place: string;
  /** One change a line: "main: a:1 → a:2". */
  readonly what?: readonly string[];
  readonly outcome: string;
  readonly tone: Tone;
  /** More about the outcome, beneath it: warnings. */
  readonly detail?: string;
  /** Where it can be tried again by itself. */
  readonly again?: { readonly words: string; readonly run: () => void };
}

type Outcome = Pick<ObjectLine, 'outcome' | 'tone' | 'detail'>;

/** What every act says of an object that is not done. `sending` while it is on its way. */
export function undoneOutcome(item: Exclude<BatchItem<unknown>, { phase: 'done' }>, sending: string): Outcome {
  switch (item.phase) {
    case 'failed':
      return { outcome: failureWords(item.error), tone: 'bad' };
    case 'unknown':
      return { outcome: 'Outcome not known', tone: 'warn', detail: failureWords(item.error) };
    case 'running':
      return { outcome: sending, tone: 'info' };
    case 'waiting':
      return { outcome: 'Waiting', tone: 'quiet' };
    case 'notSent':
      return { outcome: 'Not sent', tone: 'warn' };
  }
}

/** The words of the button that tries one object again, where it makes sense. */
export function againWords(item: BatchItem<unknown> | undefined): string | undefined {
  if (item?.phase === 'failed') return 'Try again';
  return item?.phase === 'unknown' ? 'Look, then try again' : undefined;
}
