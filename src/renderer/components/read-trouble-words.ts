import type { ReadState } from '../../shared/contract/live.ts';
import { assertNever } from '../../shared/errors/assert-never.ts';
import { clockTime } from './context-tile.ts';

export interface ReadTroubleWords {
  readonly what: string;
  readonly why: string;
  /** When it is tried again. */
  readonly next: string;
}

function nextWords(retryAt: number | undefined, now: number, otherwise: string): string {
  const seconds = retryAt === undefined ? 0 : Math.ceil((retryAt - now) / 1000);
  return seconds > 0 ? `reconnecting in ${seconds} s` : otherwise;
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
        next: nextWords(state.retryAt, now, 'reconnecting…'),
      };
    case 'failed':
      return { what: 'cannot be read', why: state.error.message, next: nextWords(state.retryAt, now, '') };
    default:
      return assertNever(state);
  }
}
