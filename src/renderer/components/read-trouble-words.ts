import type { ReadState } from '../../shared/contract/live.ts';
import { assertNever } from '../../shared/errors/assert-never.ts';
import { clockTime } from './context-tile.ts';
import { nextTryWords } from './next-try-words.ts';

export interface ReadTroubleWords {
  readonly what: string;
  readonly why: string;
  /** When it is tried again. */
  readonly next: string;
}

/** What is wrong with a read, since when, why, and what comes next; undefined for one that is well, or just begins. */
export function readTroubleWords(state: ReadState, now: number): ReadTroubleWords | undefined {
  switch (state.phase) {
    case 'connecting':
    case 'listing':
    case 'live':
      return undefined;
    case 'stale':
      return {
        what: `stale since ${clockTime(state.since)}`,
        why: state.error.message,
        next: nextTryWords(state.retryAt, now),
      };
    case 'failed':
      return {
        what: 'cannot be read',
        why: state.error.message,
        next: state.retryAt === undefined ? '' : nextTryWords(state.retryAt, now),
      };
    default:
      return assertNever(state);
  }
}
