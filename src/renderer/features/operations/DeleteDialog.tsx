import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { PropagationPolicy } from '../../../shared/contract/daemonset.ts';
import { deleteLine } from '../../../shared/kubernetes/kubectl.ts';
import type { DaemonSetRow } from '../../../shared/kubernetes/rows.ts';
import { useServices } from '../../live/services.ts';
import { rememberDeleted } from '../../stores/deleted.ts';
import { navigate, useRoute } from '../../stores/use-route.ts';
import { OperationDialog } from './OperationDialog.tsx';
import type { OperationProps } from './operation-props.ts';
import { podsOf } from './propagation.ts';
import { PropagationChoice } from './PropagationChoice.tsx';
import { useChange } from './use-change.ts';

function consequence(row: DaemonSetRow, policy: PropagationPolicy): string {
  const what = `Deletes the DaemonSet ${row.namespace}/${row.name}`;
  const count = podsOf(row);
  const pods = count === 1 ? 'its pod' : `its ${count} pods`;
  const stays = policy === 'Orphan';
  if (count === 0)
    return `${what}${stays ? '; its revision history stays' : ' and its revision history'}. It has no pods.`;
  return stays ? `${what}; its revision history and ${pods} stay.` : `${what}, its revision history and ${pods}.`;
}

/** Deletes after the name was typed, then goes back to the list. */
export function DeleteDialog({ opened = true, ...rest }: OperationProps) {
  return opened ? <Opened {...rest} /> : null;
}

function Opened({ contextName, row, onClose, onDone }: Omit<OperationProps, 'opened'>) {
  const { client, clock } = useServices();
  const [typed, setTyped] = useState('');
  const [propagationPolicy, setPolicy] = useState<PropagationPolicy>('Background');
  const { uid, namespace, name } = row;
  const { page } = useRoute();
  const done = propagationPolicy === 'Foreground' ? 'is being deleted' : 'was deleted';
  const words = { done: `${namespace}/${name} ${done}`, failed: `${name} was not deleted` };
  const remove = useChange(
    words,
    async () => {
      const target = { contextName, namespace, name, uid };
      const outcome = await client.daemonSet.delete({ ...target, propagationPolicy });
      const { jsonText } = outcome;
      rememberDeleted({ ...target, propagationPolicy, jsonText, deletedAt: clock.now() }, clock);
      return outcome;
    },
    () => {
      onClose();
      // A list that is on screen keeps its filter and order.
      if (page !== 'daemonSets') navigate({ page: 'daemonSets', contextName });
      onDone?.();
    },
  );
  return (
    <OperationDialog
      title={`Delete ${name}`}
      verb="Delete"
      isDangerous
      isReady={typed === name}
      failedTitle={words.failed}
      kubectl={deleteLine({ contextName, namespace, name }, propagationPolicy)}
      state={remove.state}
      onConfirm={() => void remove.run()}
      onClose={onClose}
    >
      <p>{consequence(row, propagationPolicy)}</p>
      <PropagationChoice label="Its pods and revisions" value={propagationPolicy} onChange={setPolicy} />
      <TextInput
        label={`Type ${name} to confirm`}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        autoComplete="off"
        spellCheck={false}
        data-autofocus
      />
    </OperationDialog>
  );
}
