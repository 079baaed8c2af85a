import { Button, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { KubectlText } from '../../components/KubectlText.tsx';
import { useFocusReturn } from '../../components/use-focus-return.ts';
import type { ActionState } from '../../live/use-action.ts';
import classes from './OperationDialog.module.css';

export interface OperationDialogProps {
  readonly title: string;
  /** The button that does it. */
  readonly verb: string;
  /** What did not happen, when it failed: "fluent-bit was not deleted". */
  readonly failedTitle: string;
  readonly isDangerous?: boolean;
  readonly isReady?: boolean;
  /** Width; 520 unless told. */
  readonly size?: number | string;
  readonly kubectl: string;
  readonly state: ActionState;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Asks before a change: what it does, the same act as a kubectl command, and its failure, with the dialog still open. */
export function OperationDialog(props: OperationDialogProps) {
  useFocusReturn();
  const {
    title,
    verb,
    failedTitle,
    isDangerous = false,
    isReady = true,
    size = 520,
    kubectl,
    state,
    onConfirm,
    onClose,
    children,
  } = props;
  const isRunning = state.phase === 'running';
  return (
    <Modal opened onClose={onClose} title={title} size={size}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady && !isRunning) onConfirm();
        }}
      >
        {children}
        <div>
          <span className={classes.label}>The same with kubectl</span>
          <KubectlText className={classes.kubectl} text={kubectl} />
        </div>
        {state.phase === 'failed' && <ErrorPanel title={failedTitle} error={state.error} />}
        <div className={classes.actions}>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            variant="filled"
            className={isDangerous ? classes.danger : undefined}
            disabled={!isReady}
            loading={isRunning}
          >
            {verb}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
