import { deletePodLine, evictPodLine } from '../../../shared/kubernetes/kubectl.ts';
import { useServices } from '../../live/services.ts';
import { OperationDialog } from './OperationDialog.tsx';
import classes from './OperationDialog.module.css';
import type { PodOperation, PodTarget } from './pod-operation.ts';
import { useChange } from './use-change.ts';

export interface PodDialogProps {
  readonly pod: PodTarget;
  readonly operation: PodOperation;
  readonly onClose: () => void;
}

/** Deletes or evicts one pod of a DaemonSet, after a question. */
export function PodDialog({ pod, operation, onClose }: PodDialogProps) {
  const { client } = useServices();
  const { name } = pod;
  const isEviction = operation === 'evict';
  const words = isEviction
    ? { done: `${name} is being evicted`, failed: `${name} was not evicted` }
    : { done: `${name} is being deleted`, failed: `${name} was not deleted` };
  const send = () => (isEviction ? client.pod.evict({ ...pod }) : client.pod.delete({ ...pod }));
  const change = useChange(words, send, onClose);
  return (
    <OperationDialog
      title={`${isEviction ? 'Evict' : 'Delete'} ${name}`}
      verb={isEviction ? 'Evict' : 'Delete'}
      isDangerous
      failedTitle={words.failed}
      kubectl={isEviction ? evictPodLine(pod) : deletePodLine(pod)}
      state={change.state}
      onConfirm={() => void change.run()}
      onClose={onClose}
    >
      <p>
        {isEviction
          ? 'Asks the server to evict the pod: it refuses as long as a PodDisruptionBudget allows no disruption.'
          : 'Deletes the pod with its own grace period. A PodDisruptionBudget is not asked.'}
      </p>
      <p className={classes.note}>
        The DaemonSet makes a new pod on the same node as soon as this one is gone
        {isEviction &&
          ', also when the node is cordoned. That is why kubectl drain leaves the pods of DaemonSets alone'}
        .
      </p>
    </OperationDialog>
  );
}
