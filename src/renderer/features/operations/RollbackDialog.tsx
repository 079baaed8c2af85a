import { Button, Loader, Select } from '@mantine/core';
import { useState } from 'react';
import { impactWords } from '../../../shared/form/impact.ts';
import { rollbackLine } from '../../../shared/kubernetes/kubectl.ts';
import { oldRevisions } from '../../../shared/kubernetes/revision.ts';
import type { ControllerRevisionRow, DaemonSetRow } from '../../../shared/kubernetes/rows.ts';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { PlacementChange } from '../../components/PlacementChange.tsx';
import { useServices } from '../../live/services.ts';
import { useRevisions } from '../../live/use-revisions.ts';
import { OperationDialog } from './OperationDialog.tsx';
import classes from './OperationDialog.module.css';
import type { OperationProps } from './operation-props.ts';
import { TemplateComparison } from './TemplateComparison.tsx';
import type { Answer } from './use-answer.ts';
import { useChange } from './use-change.ts';
import { useDaemonSetPermissions } from './use-daemonset-permissions.ts';
import { type RollbackPlan, useRollbackPlan } from './use-rollback-plan.ts';

export interface RollbackProps extends OperationProps {
  /** Uid of the revision that was chosen; the one before the current unless told. */
  readonly revisionUid?: string;
}

/** `kubectl rollout undo --to-revision`: shows what changes, then puts a revision's template back as a whole. */
export function RollbackDialog({ contextName, row, revisionUid, onClose, onDone }: RollbackProps) {
  const [chosenUid, setChosenUid] = useState(revisionUid);
  const [first, setFirst] = useState<ControllerRevisionRow>();
  const { value, state: read, retry } = useRevisions(contextName, row);
  const old = oldRevisions(value ?? []);
  // Once chosen it stays: another rollback in between must not change what is being looked at.
  const wanted = chosenUid === undefined ? (first ?? old[0]) : old.find(({ uid }) => uid === chosenUid);
  if (chosenUid === undefined && first === undefined && wanted) setFirst(wanted);
  const isKept = wanted !== undefined && old.some(({ uid }) => uid === wanted.uid);
  const plan = useRollbackPlan(contextName, row, wanted);
  const rollback = useRollback({ contextName, row, plan: plan.answer, wanted, onClose, onDone });
  const may = useDaemonSetPermissions(contextName, row.namespace).patch;
  const checked = plan.answer?.checked;
  const hasWork = checked !== undefined && 'outcome' in checked && checked.outcome.changed.length > 0;
  const number = wanted?.revision ?? old[0]?.revision ?? 0;
  const { namespace, name } = row;
  return (
    <OperationDialog
      title={`Roll back ${name}`}
      verb="Roll back"
      size="min(1080px, 94vw)"
      isReady={hasWork && isKept && may.allowed}
      failedTitle={`${name} was not rolled back`}
      kubectl={rollbackLine({ contextName, namespace, name }, number)}
      state={rollback.state}
      onConfirm={() => void rollback.run()}
      onClose={onClose}
    >
      {read.phase === 'failed' && value === undefined ? (
        <ErrorPanel title="The revisions cannot be read" error={read.error} onRetry={retry} />
      ) : (
        <RevisionChoice revisions={value} old={old} chosen={isKept ? wanted : undefined} onChoose={setChosenUid} />
      )}
      {value && old.length > 0 && !isKept && (
        <p className={classes.note}>
          The chosen revision is the current one by now, or is no longer kept. Choose another.
        </p>
      )}
      {wanted && isKept && <Plan contextName={contextName} row={row} revision={wanted} plan={plan} />}
      {rollback.state.phase === 'failed' && rollback.state.error.reason === 'Conflict' && (
        <Button
          onClick={() => {
            rollback.reset();
            plan.again();
          }}
        >
          Compare anew
        </Button>
      )}
      {!may.allowed && <p className={classes.note}>You cannot roll back: {may.reason}</p>}
    </OperationDialog>
  );
}

interface RollbackOptions extends Pick<RollbackProps, 'contextName' | 'row' | 'onClose'> {
  readonly plan: RollbackPlan | undefined;
  readonly wanted: ControllerRevisionRow | undefined;
  readonly onDone: (() => void) | undefined;
}

function useRollback({ contextName, row, plan, wanted, onClose, onDone }: RollbackOptions) {
  const { client } = useServices();
  const { namespace, name, uid } = row;
  return useChange(
    {
      done: ({ changed, revision }: { readonly changed: readonly string[]; readonly revision: number }) =>
        changed.length > 0
          ? `${name} is being rolled back to revision ${revision}`
          : `${name} has the template of revision ${revision} already; nothing was sent`,
      failed: `${name} was not rolled back`,
    },
    () => {
      const revision = { name: wanted?.name ?? '', uid: wanted?.uid ?? '' };
      const beforeText = plan?.beforeText ?? '';
      return client.daemonSet.rollback({ contextName, namespace, name, uid, revision, beforeText, dryRun: false });
    },
    () => {
      onClose();
      onDone?.();
    },
  );
}

interface RevisionChoiceProps {
  readonly revisions: readonly ControllerRevisionRow[] | undefined;
  readonly old: readonly ControllerRevisionRow[];
  readonly chosen: ControllerRevisionRow | undefined;
  readonly onChoose: (uid: string) => void;
}

function RevisionChoice({ revisions, old, chosen, onChoose }: RevisionChoiceProps) {
  if (revisions === undefined) return <Loader aria-label="Reading the revisions" />;
  if (old.length === 0) return <p>There is no earlier revision to roll back to: only the current one is kept.</p>;
  return (
    <Select
      label="To revision"
      data={old.map((each) => ({ value: each.uid, label: choiceWords(each) }))}
      value={chosen?.uid ?? null}
      allowDeselect={false}
      onChange={(uid) => uid !== null && onChoose(uid)}
    />
  );
}

function choiceWords({ revision, changeCause, images }: ControllerRevisionRow): string {
  return [`#${revision}`, changeCause, images.join(', ')].filter(Boolean).join(' · ');
}

interface PlanProps {
  readonly contextName: string;
  readonly row: DaemonSetRow;
  readonly revision: ControllerRevisionRow;
  readonly plan: Answer<RollbackPlan>;
}

function Plan({ contextName, row, revision, plan: { answer, error, again } }: PlanProps) {
  if (error)
    return <ErrorPanel title={`Revision ${revision.revision} cannot be compared`} error={error} onRetry={again} />;
  if (!answer) return <Loader aria-label="Asking the server what would change" />;
  const { beforeText, checked, present, kept } = answer;
  if ('outcome' in checked && checked.outcome.changed.length === 0) {
    return (
      <p role="status">
        {row.name} has the pod template of revision {revision.revision} already: there is nothing to roll back.
      </p>
    );
  }
  return (
    <>
      <TemplateComparison
        original={{ label: 'Now', template: present }}
        modified={{ label: `Revision ${revision.revision}`, template: kept }}
      />
      {'outcome' in checked ? (
        <p role="status">
          {impactWords(row, checked.outcome.restarts)} The pod template is put back as a whole and gets the next
          revision number; everything else of the DaemonSet stays.
          <PlacementChange
            contextName={contextName}
            daemonSet={row}
            beforeText={beforeText}
            manifest={{ spec: { updateStrategy: { type: row.strategy.type }, template: kept } }}
          />
          {row.owner && ` ${row.owner.kind} ${row.owner.name} manages it and may undo this.`}
        </p>
      ) : (
        <ErrorPanel title="The server would not take this rollback" error={checked.refusal} onRetry={again} />
      )}
    </>
  );
}
