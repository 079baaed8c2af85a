import type { DaemonSetCause } from '../../../shared/contract/daemonset.ts';
import { assertNever } from '../../../shared/errors/assert-never.ts';
import {
  type DaemonSetStatus,
  daemonSetStatus,
  statusSecondLine,
  wantsCause,
} from '../../../shared/kubernetes/daemonset.ts';
import type { DaemonSetRow } from '../../../shared/kubernetes/rows.ts';
import type { Tone } from '../../components/StatusBadge.tsx';

export function statusTone(status: DaemonSetStatus): Tone {
  switch (status.kind) {
    case 'deleting':
    case 'degraded':
      return 'bad';
    case 'notObserved':
    case 'progressing':
      return 'info';
    case 'noNodes':
      return 'quiet';
    case 'onDelete':
      return 'warn';
    case 'rolledOut':
      return 'good';
    default:
      return assertNever(status);
  }
}

/** What needs a look first, when the list is sorted by status. */
export function statusRank(status: DaemonSetStatus): number {
  switch (status.kind) {
    case 'degraded':
      return 0;
    case 'progressing':
      return 1;
    case 'notObserved':
      return 2;
    case 'deleting':
      return 3;
    case 'onDelete':
      return 4;
    case 'noNodes':
      return 5;
    case 'rolledOut':
      return 6;
    default:
      return assertNever(status);
  }
}

export interface StatusView {
  readonly status: DaemonSetStatus;
  /** From the counts, and the cause where the core found one: "191 of 235 updated · waits for node-041: crash loop". */
  readonly secondLine: string;
}

export function statusView(row: DaemonSetRow, now: number, found: DaemonSetCause | undefined): StatusView {
  // A cause that was found before the row became whole explains nothing any more.
  const cause = wantsCause(row) ? found : undefined;
  const status = daemonSetStatus(row, { now, ...(cause && { cause }) });
  const lines = [statusSecondLine(row, status), cause?.text].filter((line) => line !== undefined && line !== '');
  return { status, secondLine: lines.join(' · ') };
}
