import { Button, Modal } from '@mantine/core';
import { useFocusReturn } from '../../components/use-focus-return.ts';
import { useServices } from '../../live/services.ts';
import type { ChangeOutcome } from '../../../shared/contract/daemonset.ts';
import type { DaemonSetRow } from '../../../shared/kubernetes/rows.ts';
import type { BatchItem } from '../../live/batch.ts';
import { useBatch } from '../../live/use-batch.ts';
import { notify } from '../../stores/notices.ts';
import { batchWords } from './batch-words.ts';
import { kubectlCommand } from './kubectl-command.ts';
import { type ObjectLine, ObjectTable } from './ObjectTable.tsx';
import classes from './SetImageDialog.module.css';
import { failureWords } from './set-image-model.ts';

export interface RedeployManyProps {
  readonly contextName: string;
  readonly rows: readonly DaemonSetRow[];
  readonly onClose: () => void;
}

/** `kubectl rollout restart` of each: a few at a time, each with its own outcome; what failed can be tried once more. */
export function RedeployManyDialog({ contextName, rows, onClose }: RedeployManyProps) {
  useFocusReturn();
  const { client } = useServices();
  const batch = useBatch<ChangeOutcome>();
  const left = rows.filter(({ uid }) => batch.itemOf(uid)?.phase !== 'done');
  const run = async () => {
    const byUid = new Map(rows.map((row) => [row.uid, row]));
    await batch.run([...byUid.keys()], (uid) => {
      const { namespace = '', name = '' } = byUid.get(uid) ?? {};
      return client.daemonSet.restart({ contextName, namespace, name, uid });
    });
    const isWhole = batch.counts().done === rows.length;
    notify({ title: `Redeploy: ${batchWords(batch, 'done')}`, tone: isWhole ? 'good' : 'warn' });
    if (isWhole) onClose();
  };
  const close = () => {
    batch.stop();
    onClose();
  };
  const commands = rows.map((row) =>
    kubectlCommand({ contextName, namespace: row.namespace }, 'rollout', 'restart', `daemonset/${row.name}`),
  );
  return (
    <Modal opened onClose={close} title={`Redeploy ${rows.length} DaemonSets`} size="min(760px, 94vw)">
      <div className={classes.stack}>
        <p>
          Sets the annotation <code>kubectl.kubernetes.io/restartedAt</code> on the pod template of each. Pods are
          replaced as its update strategy says; under OnDelete only when an old pod is deleted.
        </p>
        <ObjectTable label="DaemonSets to redeploy" lines={rows.map((row) => lineOf(row, batch.itemOf(row.uid)))} />
        <div>
          <span className={classes.label}>The same with kubectl</span>
          <code className={classes.kubectl}>{commands.join('\n')}</code>
        </div>
        <div className={classes.foot}>
          <span role="status">{batchWords(batch, 'done')}</span>
          <Button onClick={batch.isRunning ? () => batch.stop() : close}>{batch.isRunning ? 'Stop' : 'Cancel'}</Button>
          <Button variant="filled" loading={batch.isRunning} disabled={left.length === 0} onClick={() => void run()}>
            Redeploy
          </Button>
        </div>
      </div>
    </Modal>
  );
}

function lineOf({ uid, name, namespace }: DaemonSetRow, item: BatchItem<ChangeOutcome> | undefined): ObjectLine {
  return { id: uid, name, place: namespace, ...outcomeOf(item) };
}

function outcomeOf(item: BatchItem<ChangeOutcome> | undefined): Pick<ObjectLine, 'outcome' | 'tone'> {
  switch (item?.phase) {
    case 'done':
      return { outcome: 'Redeploy begun', tone: 'good' };
    case 'failed':
      return { outcome: failureWords(item.error), tone: 'bad' };
    case 'running':
      return { outcome: 'Sending…', tone: 'info' };
    case 'waiting':
      return { outcome: 'Waiting', tone: 'quiet' };
    case 'notSent':
      return { outcome: 'Not sent', tone: 'warn' };
    case undefined:
      return { outcome: '', tone: 'quiet' };
  }
}
