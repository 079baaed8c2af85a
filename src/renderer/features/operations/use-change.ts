import type { ChangeOutcome } from '../../../shared/contract/daemonset.ts';
import { thrownErrorData } from '../../live/thrown-error.ts';
import { type Action, useAction } from '../../live/use-action.ts';
import { notify } from '../../stores/notices.ts';

export interface ChangeWords {
  readonly done: string;
  readonly failed: string;
}

/**
 * A change of a cluster that the user confirmed. Once sent it is not taken back: it runs on when its dialog is gone (a
 * deleted row takes the dialog with it), and then its failure is said as a notice.
 */
export function useChange(words: ChangeWords, send: () => Promise<ChangeOutcome>, onDone: () => void): Action<void> {
  return useAction(async (_: void, dialogGone) => {
    try {
      const { warnings } = await send();
      notify({ title: words.done, message: warnings.join('\n'), tone: warnings.length > 0 ? 'warn' : 'good' });
    } catch (thrown) {
      if (dialogGone.aborted) notify({ title: words.failed, message: thrownErrorData(thrown).message, tone: 'bad' });
      throw thrown;
    }
    onDone();
  });
}
