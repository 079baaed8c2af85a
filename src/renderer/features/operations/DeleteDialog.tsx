import { Radio, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { PropagationPolicy } from '../../../shared/contract/daemonset.ts';
import { assertNever } from '../../../shared/errors/assert-never.ts';
import type { DaemonSetRow } from '../../../shared/kubernetes/rows.ts';
import { useServices } from '../../live/services.ts';
import { navigate, useRoute } from '../../stores/use-route.ts';
import { OperationDialog } from './OperationDialog.tsx';
import type { OperationProps } from './operation-props.ts';
import { kubectlCommand } from './kubectl-command.ts';
import { useChange } from './use-change.ts';

const POLICIES: readonly PropagationPolicy[] = ['Background', 'Foreground', 'Orphan'];

function policyWords(policy: PropagationPolicy): string {
  switch (policy) {
    case 'Background':
      return 'The DaemonSet goes at once, its pods after it.';
    case 'Foreground':
      return 'Its pods go first; the DaemonSet stays visible until they are gone.';
    case 'Orphan':
      return 'Only the DaemonSet goes. Its pods go on running, without an owner.';
    default:
      return assertNever(policy);
  }
}

function consequence(row: DaemonSetRow, policy: PropagationPolicy): string {
  const what = `Deletes the DaemonSet ${row.namespace}/${row.name} and its revision history`;
  if (row.current === 0) return `${what}. It has no pods.`;
  const pods = row.current === 1 ? 'its pod' : `its ${row.current} pods`;
  return policy === 'Orphan' ? `${what}; ${pods} stay.` : `${what}, and ${pods}.`;
}

/** Deletes after the name was typed, then goes back to the list. */
export function DeleteDialog({ opened = true, ...rest }: OperationProps) {
  return opened ? <Opened {...rest} /> : null;
}

function Opened({ contextName, row, onClose, onDone }: Omit<OperationProps, 'opened'>) {
  const { client } = useServices();
  const [typed, setTyped] = useState('');
  const [propagationPolicy, setPolicy] = useState<PropagationPolicy>('Background');
  const { uid, namespace, name } = row;
  const { page } = useRoute();
  const words = { done: `${namespace}/${name} was deleted`, failed: `${name} was not deleted` };
  const remove = useChange(
    words,
    () => client.daemonSet.delete({ contextName, namespace, name, uid, propagationPolicy }),
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
        label="Its pods"
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
