import type { ReadState } from '../../../shared/contract/live.ts';
import { assertNever } from '../../../shared/errors/assert-never.ts';

/** How far a read is that begins; ReadTrouble says what is wrong with one. */
export function readWords(state: ReadState): string {
  switch (state.phase) {
    case 'live':
    case 'stale':
    case 'failed':
      return '';
    case 'connecting':
      return 'connecting…';
    case 'listing':
      return state.remaining === undefined
        ? `${state.received} read…`
        : `${state.received} of about ${state.received + state.remaining} read…`;
    default:
      return assertNever(state);
  }
}
