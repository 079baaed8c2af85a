import { cordonLine } from '../../../shared/kubernetes/kubectl.ts';
import type { NodeRow } from '../../../shared/kubernetes/rows.ts';
import { useServices } from '../../live/services.ts';
import { OperationDialog, useChange } from '../operations/index.ts';

export interface CordonDialogProps {
  readonly contextName: string;
  readonly row: NodeRow;
  /** Else uncordons. */
  readonly cordons: boolean;
  readonly onClose: () => void;
}

/** `kubectl cordon` and `uncordon`: spec.unschedulable of the node, nothing else. */
export function CordonDialog({ contextName, row, cordons, onClose }: CordonDialogProps) {
  const { client } = useServices();
  const { name, uid } = row;
  const verb = cordons ? 'Cordon' : 'Uncordon';
  const words = {
    done: cordons ? `${name} takes no new pods` : `${name} takes new pods again`,
    failed: `${name} was not ${cordons ? 'cordoned' : 'uncordoned'}`,
  };
  const change = useChange(
    words,
    () => client.node.setUnschedulable({ contextName, name, uid, unschedulable: cordons }),
    onClose,
  );
  return (
    <OperationDialog
      title={`${verb} ${name}`}
      verb={verb}
      failedTitle={words.failed}
      kubectl={cordonLine(contextName, name, cordons)}
      state={change.state}
      onConfirm={() => void change.run()}
      onClose={onClose}
    >
      <p>
        {cordons
          ? 'The scheduler puts no new pods on this node. Pods that are there keep running.'
          : 'The scheduler may put new pods on this node again.'}
      </p>
      <p>
        DaemonSet pods ignore it: their controller tolerates an unschedulable node, so they run on it, and come back on
        it, as before.
      </p>
    </OperationDialog>
  );
}
