import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { PropagationPolicy } from '../../../shared/contract/daemonset.ts';
import { at, text } from '../../../shared/kubernetes/json-fields.ts';
import { deleteLine } from '../../../shared/kubernetes/kubectl.ts';
import type { DaemonSetRow } from '../../../shared/kubernetes/rows.ts';
import type { Client } from '../../live/client.ts';
import { useServices } from '../../live/services.ts';
import { thrownErrorData } from '../../live/thrown-error.ts';
import { rememberDeleted } from '../../stores/deleted.ts';
import { type ManyAct, outcomeWith } from './many-act.ts';
import { ManyDialog, type ManyProps } from './ManyDialog.tsx';
import { podsWords } from './propagation.ts';
import { PropagationChoice } from './PropagationChoice.tsx';

/**
 * Deletes several. One is confirmed by its name; of many the names stand in the table, and what a slip of the hand gets wrong is how many
 * are chosen, also beyond the filter: so the number is typed.
 */
export function DeleteManyDialog({ contextName, rows, onClose }: ManyProps) {
  const { client, clock } = useServices();
  const [propagationPolicy, setPolicy] = useState<PropagationPolicy>('Background');
  const [typed, setTyped] = useState('');
  const [isBegun, setBegun] = useState(false);
  const phrase = `delete ${rows.length}`;
  const act: ManyAct = {
    verb: 'Delete',
    perform: async ({ namespace, name, uid }) => {
      setBegun(true);
      const target = { contextName, namespace, name, uid };
      const outcome = await client.daemonSet.delete({ ...target, propagationPolicy });
      rememberDeleted({ ...target, propagationPolicy, jsonText: outcome.jsonText, deletedAt: clock.now() }, clock);
      return outcomeWith('Deleted', outcome);
    },
    lookBack: async (row) =>
      (await isDeleted(client, contextName, row)) ? { words: 'Deleted', warnings: [] } : undefined,
    kubectl: ({ namespace, name }) => deleteLine({ contextName, namespace, name }, propagationPolicy),
  };
  return (
    <ManyDialog
      act={act}
      title={`Delete ${rows.length} DaemonSets`}
      isDangerous
      isReady={typed.trim() === phrase}
      rows={rows}
      about={(row) => podsWords([row])}
      onClose={onClose}
      question={
        <>
          <PropagationChoice
            label="Their pods and revisions"
            value={propagationPolicy}
            disabled={isBegun}
            onChange={setPolicy}
          />
          <TextInput
            label={`Type ${phrase} to confirm`}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            autoComplete="off"
            spellCheck={false}
            data-autofocus
          />
        </>
      }
    >
      <p>{consequence(rows, propagationPolicy)}</p>
    </ManyDialog>
  );
}

function consequence(rows: readonly DaemonSetRow[], policy: PropagationPolicy): string {
  const what = `Deletes ${rows.length} DaemonSets`;
  const pods = podsWords(rows);
  const stays = policy === 'Orphan';
  if (pods === 'no pods')
    return `${what}${stays ? '; their revision history stays' : ' and their revision history'}. They have no pods.`;
  return stays ? `${what}; their revision history and ${pods} stay.` : `${what}, their revision history and ${pods}.`;
}

/** Gone, going, or its name is another object's by now. */
async function isDeleted(
  client: Client,
  contextName: string,
  { namespace, name, uid }: DaemonSetRow,
): Promise<boolean> {
  try {
    const now: unknown = JSON.parse((await client.daemonSet.read({ contextName, namespace, name })).jsonText);
    return text(at(now, 'metadata', 'uid')) !== uid || at(now, 'metadata', 'deletionTimestamp') !== undefined;
  } catch (thrown) {
    if (thrownErrorData(thrown).reason === 'NotFound') return true;
    throw thrown;
  }
}
