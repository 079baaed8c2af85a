import { Radio, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { PropagationPolicy } from '../../../shared/contract/daemonset.ts';
import { assertNever } from '../../../shared/errors/assert-never.ts';
import type { DaemonSetRow } from '../../../shared/kubernetes/rows.ts';
import { useServices } from '../../live/services.ts';
import { rememberDeleted } from '../../stores/deleted.ts';
import { navigate, useRoute } from '../../stores/use-route.ts';
import { OperationDialog } from './OperationDialog.tsx';
import type { OperationProps } from './operation-props.ts';
import { kubectlCommand } from './kubectl-command.ts';
import { useChange } from './use-change.ts';

const POLICIES: readonly PropagationPolicy[] = ['Background', 'Foreground', 'Orphan'];

function policyWords(policy: PropagationPolicy): string {
  switch (policy) {
    case 'Background':
      return 'The DaemonSet goes at once, its pods and revisions after it.';
    case 'Foreground':
      return 'Its pods and revisions go first; the DaemonSet stays visible until they are gone.';
    case 'Orphan':
      return 'Only the DaemonSet goes. Its pods go on running and its revisions stay, without an owner; a pod that ends is not replaced.';
    default:
      return assertNever(policy);
  }
}

function consequence(row: DaemonSetRow, policy: PropagationPolicy): string {
  const what = `Deletes the DaemonSet ${row.namespace}/${row.name}`;
  const pods = row.current === 1 ? 'its pod' : `its ${row.current} pods`;
  const stays = policy === 'Orphan';
  if (row.current === 0)
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
  const cascade = `--cascade=${propagationPolicy.toLowerCase()}`;
  return (
    <OperationDialog
      title={`Delete ${name}`}
      verb="Delete"
      isDangerous
      isReady={typed === name}
      failedTitle={words.failed}
      kubectl={kubectlCommand({ contextName, namespace }, 'delete', `daemonset/${name}`, cascade)}
      state={remove.state}
      onConfirm={() => void remove.run()}
      onClose={onClose}
    >
      <p>{consequence(row, propagationPolicy)}</p>
      <Radio.Group
        label="Its pods and revisions"
        value={propagationPolicy}
        onChange={(value) => setPolicy(POLICIES.find((policy) => policy === value) ?? 'Background')}
      >
        <Stack gap={8} mt={6}>
          {POLICIES.map((policy) => (
            <Radio key={policy} value={policy} label={policy} description={policyWords(policy)} />
          ))}
        </Stack>
      </Radio.Group>
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
