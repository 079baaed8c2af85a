import { Loader, Modal } from '@mantine/core';
import type { ControllerRevisionRow, DaemonSetRow } from '../../../shared/kubernetes/rows.ts';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { useFocusReturn } from '../../components/use-focus-return.ts';
import classes from './OperationDialog.module.css';
import { TemplateComparison } from './TemplateComparison.tsx';
import { useAnswer } from './use-answer.ts';
import { useRevisionTemplate } from './use-revision-template.ts';

export interface CompareDialogProps {
  readonly contextName: string;
  readonly row: DaemonSetRow;
  /** The older one first. */
  readonly revisions: readonly [ControllerRevisionRow, ControllerRevisionRow];
  readonly onClose: () => void;
}

/** The pod templates of two revisions, line by line. */
export function CompareDialog({ contextName, row, revisions, onClose }: CompareDialogProps) {
  useFocusReturn();
  const [older, newer] = revisions;
  const read = useRevisionTemplate(contextName, row);
  const { answer, error, again } = useAnswer(`${older.uid} ${newer.uid}`, (signal) =>
    Promise.all([read(older, signal), read(newer, signal)]),
  );
  const label = ({ revision }: ControllerRevisionRow) => `Revision ${revision}`;
  return (
    <Modal
      opened
      onClose={onClose}
      title={`${row.name}: revision ${older.revision} and revision ${newer.revision}`}
      size="min(1180px, 94vw)"
    >
      <div className={classes.form}>
        {error && <ErrorPanel title="The revisions cannot be compared" error={error} onRetry={again} />}
        {!error && !answer && <Loader aria-label="Reading the revisions" />}
        {answer && (
          <TemplateComparison
            original={{ label: label(older), template: answer[0] }}
            modified={{ label: label(newer), template: answer[1] }}
          />
        )}
      </div>
    </Modal>
  );
}
