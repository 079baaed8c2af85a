import type { DaemonSetCause } from '../../../shared/contract/daemonset.ts';
import { isMisscheduled, statusWords } from '../../../shared/kubernetes/daemonset.ts';
import type { DaemonSetRow } from '../../../shared/kubernetes/rows.ts';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import classes from './cells.module.css';
import { statusTone, statusView } from './status-view.ts';

export interface StatusCellProps {
  readonly row: DaemonSetRow;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly cause: DaemonSetCause | undefined;
}

/** The status in words, what it comes from, and misscheduled pods beside any status. */
export function StatusCell({ row, now, cause }: StatusCellProps) {
  const { status, secondLine } = statusView(row, now, cause);
  return (
    <div className={classes.status}>
      <StatusBadge tone={statusTone(status)}>{statusWords(status)}</StatusBadge>
      {isMisscheduled(row) && <StatusBadge tone="warn">{row.misscheduled} misscheduled</StatusBadge>}
      {secondLine !== '' && (
        <span className={classes.statusLine} title={secondLine}>
          {secondLine}
        </span>
      )}
    </div>
  );
}
