import type { ReadState } from '../../../shared/contract/live.ts';
import { assertNever } from '../../../shared/errors/assert-never.ts';

/** What is worth saying of a read: nothing while it is live. */
export function readWords(state: ReadState): string {
  switch (state.phase) {
    case 'live':
    case 'failed':
      return '';
    case 'connecting':
      return 'connecting…';
    case 'listing':
      return state.remaining === undefined
        ? `${state.received} read…`
        : `${state.received} of about ${state.received + state.remaining} read…`;
    case 'stale':
      return `stale since ${new Date(state.since).toLocaleTimeString()}: ${state.error.message}`;
    default:
      return assertNever(state);
  }
}
