import type { DaemonSetRow } from '../../../shared/kubernetes/rows.ts';

export interface OperationProps {
  readonly contextName: string;
  readonly row: DaemonSetRow;
  /** Absent: shown as long as it is rendered. */
  readonly opened?: boolean;
  readonly onClose: () => void;
  /** After it was done. */
  readonly onDone?: () => void;
}
