import type { ChangeOutcome } from '../../../shared/contract/daemonset.ts';
import { thrownErrorData } from '../../live/thrown-error.ts';
import { type Action, useAction } from '../../live/use-action.ts';
import { notify } from '../../stores/notices.ts';

export interface ChangeWords<Outcome> {
  /** A function where it depends on what it came to. */
  readonly done: string | ((outcome: Outcome) => string);
  readonly failed: string;
}

/**
 * A change of a cluster that the user confirmed. Once sent it is not taken back: it runs on when its dialog is gone (a
 * deleted row takes the dialog with it), and then its failure is said as a notice.
 */
export function useChange<Outcome extends ChangeOutcome>(
  words: ChangeWords<Outcome>,
  send: () => Promise<Outcome>,
  onDone: () => void,
): Action<void> {
  return useAction(async (_: void, dialogGone) => {
    try {
      const outcome = await send();
      const { warnings } = outcome;
      const title = typeof words.done === 'string' ? words.done : words.done(outcome);
      notify({ title, message: warnings.join('\n'), tone: warnings.length > 0 ? 'warn' : 'good' });
    } catch (thrown) {
      if (dialogGone.aborted) notify({ title: words.failed, message: thrownErrorData(thrown).message, tone: 'bad' });
      throw thrown;
    }
    onDone();
  });
}
