import { strategyTypeLine } from '../../../shared/kubernetes/kubectl.ts';
import type { StrategyType } from '../../../shared/manifest/strategy-type.ts';
import { useServices } from '../../live/services.ts';
import { OperationDialog } from './OperationDialog.tsx';
import type { OperationProps } from './operation-props.ts';
import { switchStrategy } from './strategy-switch.ts';
import { useChange } from './use-change.ts';

export interface PauseDialogProps extends OperationProps {
  /** OnDelete pauses, RollingUpdate resumes. */
  readonly strategyType: StrategyType;
}

/** A DaemonSet has no pause of its own: the type of its update strategy is switched, and rollingUpdate kept. */
export function PauseDialog({ contextName, row, strategyType, onClose, onDone }: PauseDialogProps) {
  const { client } = useServices();
  const { uid, namespace, name } = row;
  const pauses = strategyType === 'OnDelete';
  const words = pauses
    ? { done: `The rollout of ${name} is paused`, failed: `${name} was not paused` }
    : { done: `The rollout of ${name} goes on`, failed: `${name} was not resumed` };
  const change = useChange(
    words,
    () => switchStrategy(client, { contextName, namespace, name, uid }, strategyType),
    () => {
      onClose();
      onDone?.();
    },
  );
  return (
    <OperationDialog
      title={`${pauses ? 'Pause' : 'Resume'} ${name}`}
      verb={pauses ? 'Pause' : 'Resume'}
      failedTitle={words.failed}
      kubectl={strategyTypeLine({ contextName, namespace, name }, strategyType)}
      state={change.state}
      onConfirm={() => void change.run()}
      onClose={onClose}
    >
      <p>
        A DaemonSet has no pause. The type of its update strategy is switched to <code>{strategyType}</code>;{' '}
        <code>rollingUpdate</code> stays as it is.
      </p>
      <p>
        {pauses
          ? 'Pods that are being replaced now are finished. After that a new pod comes on a node only when its old pod is deleted.'
          : 'The controller goes on to replace old pods by itself, as rollingUpdate says.'}
      </p>
    </OperationDialog>
  );
}
