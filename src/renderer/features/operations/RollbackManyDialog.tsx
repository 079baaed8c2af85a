import { impactWords } from '../../../shared/form/impact.ts';
import { rollbackLine } from '../../../shared/kubernetes/kubectl.ts';
import type { DaemonSetRow } from '../../../shared/kubernetes/rows.ts';
import type { BatchItem } from '../../live/batch.ts';
import { useServices } from '../../live/services.ts';
import { failureWords } from './batch-words.ts';
import type { ManyAct } from './many-act.ts';
import { ManyDialog, type ManyProps } from './ManyDialog.tsx';
import { type ManyRollback, manyRollbackWords } from './rollback-of-many.ts';
import { useManyRollbacks } from './use-many-rollbacks.ts';

type Plan = Extract<ManyRollback, { kind: 'possible' }>;

/** `kubectl rollout undo` of each: to the revision before its current one, after a dry run that says what changes. */
export function RollbackManyDialog({ contextName, rows, onClose }: ManyProps) {
  const { client } = useServices();
  const readOf = useManyRollbacks(contextName, rows);
  const planOf = ({ uid }: DaemonSetRow) => possible(readOf(uid));
  const input = (row: DaemonSetRow, { to, beforeText }: Plan, dryRun: boolean) => {
    const { namespace, name, uid } = row;
    return { contextName, namespace, name, uid, revision: { name: to.name, uid: to.uid }, beforeText, dryRun };
  };
  const act: ManyAct = {
    verb: 'Roll back',
    perform: async (row) => {
      const { changed, revision, warnings } = await client.daemonSet.rollback(input(row, planned(row, planOf), false));
      const words = changed.length > 0 ? `Is being rolled back to revision ${revision}` : HAS_IT;
      return { words, warnings };
    },
    // Where the template is there already a dry run has nothing to change, whatever was shown.
    lookBack: async (row) => {
      const { changed } = await client.daemonSet.rollback(input(row, planned(row, planOf), true));
      return changed.length === 0 ? { words: HAS_IT, warnings: [] } : undefined;
    },
    kubectl: ({ namespace, name, uid }) =>
      rollbackLine({ contextName, namespace, name }, possible(readOf(uid))?.to.revision),
    whyNot: ({ uid }) => whyNot(readOf(uid)),
    leftOutWords: 'cannot be rolled back',
  };
  const isReady = rows.every(({ uid }) => isRead(readOf(uid))) && rows.some((row) => planOf(row) !== undefined);
  return (
    <ManyDialog
      act={act}
      title={`Roll back ${rows.length} DaemonSets`}
      rows={rows}
      isReady={isReady}
      about={(row) => aboutWords(row, planOf(row))}
      onClose={onClose}
    >
      <p>
        Puts the pod template of the revision before the current one of each back as a whole, as a dry run has passed
        it; everything else of the DaemonSets stays. A template that somebody changes meanwhile is left alone.
      </p>
    </ManyDialog>
  );
}

const HAS_IT = 'Has that pod template';

function possible(item: BatchItem<ManyRollback> | undefined): Plan | undefined {
  return item?.phase === 'done' && item.result.kind === 'possible' ? item.result : undefined;
}

function planned(row: DaemonSetRow, planOf: (row: DaemonSetRow) => Plan | undefined): Plan {
  const plan = planOf(row);
  if (plan === undefined) throw new TypeError(`${row.name} has no rollback that was shown`);
  return plan;
}

function isRead(item: BatchItem<ManyRollback> | undefined): boolean {
  return item !== undefined && item.phase !== 'waiting' && item.phase !== 'running';
}

function whyNot(item: BatchItem<ManyRollback> | undefined): string | undefined {
  if (item?.phase === 'done') return item.result.kind === 'nothing' ? item.result.why : undefined;
  return item?.phase === 'failed' || item?.phase === 'unknown' ? failureWords(item.error) : undefined;
}

function aboutWords(row: DaemonSetRow, plan: Plan | undefined): string {
  return plan === undefined ? 'Reading its revisions…' : `${manyRollbackWords(plan)} ${impactWords(row, true)}`;
}
