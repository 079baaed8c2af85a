import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { assertNever } from '../../../shared/errors/assert-never.ts';
import { restartLine } from '../../../shared/kubernetes/kubectl.ts';
import type { DaemonSetRow } from '../../../shared/kubernetes/rows.ts';
import { pagePart } from '../../components/page-part.tsx';
import { useServices } from '../../live/services.ts';
import { OperationDialog } from './OperationDialog.tsx';
import classes from './OperationDialog.module.css';
import type { OperationProps } from './operation-props.ts';
import { useChange } from './use-change.ts';

const { Part: StagedRolloutDialog } = pagePart(
  async () => (await import('./StagedRolloutDialog.tsx')).StagedRolloutDialog,
  null,
);

/** `kubectl rollout restart`: one annotation of the template, nothing else. */
export function RedeployDialog({ opened = true, ...rest }: OperationProps) {
  return opened ? <Opened {...rest} /> : null;
}

function Opened({ contextName, row, onClose, onDone }: Omit<OperationProps, 'opened'>) {
  const { client } = useServices();
  const { uid, namespace, name } = row;
  const words = { done: `${name} is being redeployed`, failed: `${name} was not redeployed` };
  const isOnDelete = row.strategy.type === 'OnDelete';
  const [wantsStages, setWantsStages] = useState(isOnDelete);
  const [isPlanning, setIsPlanning] = useState(false);
  const redeploy = useChange(
    words,
    () => client.daemonSet.restart({ contextName, namespace, name, uid }),
    () => {
      if (isOnDelete && wantsStages) {
        setIsPlanning(true);
        return;
      }
      onClose();
      onDone?.();
    },
  );
  if (isPlanning)
    return <StagedRolloutDialog contextName={contextName} row={row} onClose={onClose} {...(onDone && { onDone })} />;
  return (
    <OperationDialog
      title={`Redeploy ${name}`}
      verb="Redeploy"
      failedTitle={words.failed}
      kubectl={restartLine({ contextName, namespace, name })}
      state={redeploy.state}
      onConfirm={() => void redeploy.run()}
      onClose={onClose}
    >
      <p>
        Sets the annotation <code>kubectl.kubernetes.io/restartedAt</code> on the pod template of {namespace}/{name}.
        Nothing else is touched.
      </p>
      <Consequence row={row} />
      {isOnDelete && (
        <Checkbox
          label="Then plan a staged rollout, which deletes the old pods in waves"
          checked={wantsStages}
          onChange={(event) => setWantsStages(event.currentTarget.checked)}
        />
      )}
    </OperationDialog>
  );
}

function Consequence({ row }: { readonly row: DaemonSetRow }) {
  const { strategy } = row;
  switch (strategy.type) {
    case 'OnDelete':
      return (
        <p className={classes.note}>
          The update strategy is OnDelete: pods are not replaced by themselves. A new pod comes on a node only when its
          old pod is deleted.
        </p>
      );
    case 'RollingUpdate':
      return (
        <p>
          All {row.desired} pods are replaced, node by node (maxUnavailable {String(strategy.maxUnavailable)}, maxSurge{' '}
          {String(strategy.maxSurge)}).
        </p>
      );
    default:
      return assertNever(strategy);
  }
}
