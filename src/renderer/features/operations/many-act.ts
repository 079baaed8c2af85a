import type { ChangeOutcome } from '../../../shared/contract/daemonset.ts';
import type { DaemonSetRow } from '../../../shared/kubernetes/rows.ts';

/** What an act came to on one object. */
export interface ManyOutcome {
  /** "Redeploy begun". */
  readonly words: string;
  readonly warnings: readonly string[];
}

/** One act on several DaemonSets, each sent and answered by itself. */
export interface ManyAct {
  /** "Redeploy": the button, and the notice's first word. */
  readonly verb: string;
  readonly perform: (row: DaemonSetRow) => Promise<ManyOutcome>;
  /** For a row whose outcome nobody knows: reads it, and says what was done to it after all; undefined when nothing was. */
  readonly lookBack: (row: DaemonSetRow) => Promise<ManyOutcome | undefined>;
  readonly kubectl: (row: DaemonSetRow) => string;
  /** Why it cannot be done to a row: "the strategy is OnDelete already". */
  readonly whyNot?: (row: DaemonSetRow) => string | undefined;
  /** Of the rows that are left out by it, after their number: "cannot be paused". */
  readonly leftOutWords?: string;
}

export function outcomeWith(words: string, { warnings }: Pick<ChangeOutcome, 'warnings'>): ManyOutcome {
  return { words, warnings };
}
