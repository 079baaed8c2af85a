import { restartLine } from '../../../shared/kubernetes/kubectl.ts';
import { toDaemonSetRow } from '../../../shared/kubernetes/daemonset-row.ts';
import { useServices } from '../../live/services.ts';
import { type ManyAct, outcomeWith } from './many-act.ts';
import { ManyDialog, type ManyProps } from './ManyDialog.tsx';
import { podsWords } from './propagation.ts';

/** `kubectl rollout restart` of each. */
export function RedeployManyDialog({ contextName, rows, onClose }: ManyProps) {
  const { client } = useServices();
  const begun = 'Redeploy begun';
  const act: ManyAct = {
    verb: 'Redeploy',
    perform: async ({ namespace, name, uid }) =>
      outcomeWith(begun, await client.daemonSet.restart({ contextName, namespace, name, uid })),
    lookBack: async ({ namespace, name, uid, restartedAt }) => {
      const { jsonText } = await client.daemonSet.read({ contextName, namespace, name });
      const now = toDaemonSetRow(JSON.parse(jsonText));
      return now.uid === uid && now.restartedAt !== restartedAt ? { words: begun, warnings: [] } : undefined;
    },
    kubectl: ({ namespace, name }) => restartLine({ contextName, namespace, name }),
  };
  return (
    <ManyDialog
      act={act}
      title={`Redeploy ${rows.length} DaemonSets`}
      rows={rows}
      about={(row) => `${podsWords([row])}, ${row.strategy.type}`}
      onClose={onClose}
    >
      <p>
        Sets the annotation <code>kubectl.kubernetes.io/restartedAt</code> on the pod template of each. Pods are
        replaced as its update strategy says; under OnDelete only when an old pod is deleted.
      </p>
    </ManyDialog>
  );
}
