import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { currentRevision, nodesByRevision } from '../../../shared/kubernetes/revision.ts';
import type { ControllerRevisionRow, DaemonSetRow } from '../../../shared/kubernetes/rows.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { GuardedButton } from '../../components/GuardedButton.tsx';
import { ReadTrouble } from '../../components/ReadTrouble.tsx';
import { SectionHead } from '../../components/SectionHead.tsx';
import { VirtualTable } from '../../components/VirtualTable.tsx';
import { useReadNow } from '../../live/use-read-now.ts';
import { useRevisions } from '../../live/use-revisions.ts';
import type { SortOrder } from '../../stores/route.ts';
import { CompareDialog, HistoryLimitDialog, RollbackDialog, useDaemonSetPermissions } from '../operations/index.ts';
import { readWords } from './read-words.ts';
import { revisionColumns } from './revision-columns.tsx';
import { historyWords, strayWords } from './revision-words.ts';
import classes from './RevisionsTab.module.css';
import { useDaemonSetPods } from './use-detail.ts';

export interface RevisionsTabProps {
  readonly row: DaemonSetRow;
  readonly contextName: string;
}

/** What is open over the table. */
type Open =
  | { readonly dialog: 'rollback'; readonly revisionUid: string }
  | { readonly dialog: 'compare'; readonly revisions: readonly [ControllerRevisionRow, ControllerRevisionRow] }
  | { readonly dialog: 'limit' };

const NONE: readonly ControllerRevisionRow[] = [];
const revisionUid = ({ uid }: ControllerRevisionRow) => uid;

/** The templates that the DaemonSet has had, as far as they are kept: compared, and put back. */
export function RevisionsTab({ row, contextName }: RevisionsTabProps) {
  const { value, state, retry } = useRevisions(contextName, row);
  const readNow = useReadNow(contextName, retry);
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  if (state.phase === 'failed' && value === undefined) {
    return <ErrorPanel error={state.error} onRetry={readNow} title="The revisions cannot be read" />;
  }
  return (
    <section className={classes.section} aria-label="Revision records">
      <Records row={row} contextName={contextName} revisions={value} begins={readWords(state)} onOpen={setOpen} />
      <ReadTrouble subject="Revisions" state={state} onNow={readNow} />
      {open?.dialog === 'rollback' && (
        <RollbackDialog contextName={contextName} row={row} revisionUid={open.revisionUid} onClose={close} />
      )}
      {open?.dialog === 'compare' && (
        <CompareDialog contextName={contextName} row={row} revisions={open.revisions} onClose={close} />
      )}
      {open?.dialog === 'limit' && <HistoryLimitDialog contextName={contextName} row={row} onClose={close} />}
    </section>
  );
}

interface RecordsProps {
  readonly row: DaemonSetRow;
  readonly contextName: string;
  readonly revisions: readonly ControllerRevisionRow[] | undefined;
  /** How far a read is that begins. */
  readonly begins: string;
  readonly onOpen: (open: Open) => void;
}

function Records({ row, contextName, revisions = NONE, begins, onOpen }: RecordsProps) {
  const { rows: pods, state: podsState } = useDaemonSetPods(contextName, row);
  const nodes = useMemo(
    () => (podsState.phase === 'failed' && pods.length === 0 ? undefined : nodesByRevision(pods)),
    [pods, podsState.phase],
  );
  const [sort, setSort] = useState<SortOrder | undefined>({ column: 'revision', descending: true });
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const { reason } = useDaemonSetPermissions(contextName, row.namespace).patch;
  const currentUid = currentRevision(revisions)?.uid;
  const columns = useMemo(
    () =>
      revisionColumns({
        currentUid,
        nodes,
        chosen,
        reason,
        onChoose: (uid) => setChosen((before) => toggled(before, uid)),
        onRollback: (uid) => onOpen({ dialog: 'rollback', revisionUid: uid }),
      }),
    [currentUid, nodes, chosen, reason, onOpen],
  );
  const pair = pairOf(revisions, chosen);
  const stray = nodes && strayWords(revisions, nodes);
  return (
    <>
      <SectionHead title="Revision records">
        <span className={classes.muted}>{begins === '' ? historyWords(revisions.length, row) : begins}</span>
        <GuardedButton size="compact-xs" reason={reason} onClick={() => onOpen({ dialog: 'limit' })}>
          Change limit…
        </GuardedButton>
        <span className={classes.compare}>
          <span className={classes.muted}>{pair ? '' : 'Choose two to compare them.'}</span>
          <Button disabled={!pair} onClick={() => pair && onOpen({ dialog: 'compare', revisions: pair })}>
            Compare
          </Button>
        </span>
      </SectionHead>
      {row.observedGeneration < row.generation && (
        <p className={classes.note} role="status">
          The controller has not yet seen the latest change: its revision may still be missing here.
        </p>
      )}
      <VirtualTable
        label="Revision records"
        items={revisions}
        columns={columns}
        rowId={revisionUid}
        sort={sort}
        onSort={setSort}
        empty={<EmptyState title={begins === '' ? 'No revision is kept' : 'Reading the revisions…'} />}
      />
      {revisions.length === 1 && begins === '' && (
        <p className={classes.muted}>
          Only the current revision is kept. The next change of the pod template makes another, and this one can then be
          rolled back to.
        </p>
      )}
      {stray !== undefined && <p className={classes.muted}>{stray}</p>}
    </>
  );
}

/** At most two: a third one takes the place of the first. */
function toggled(chosen: readonly string[], uid: string): readonly string[] {
  return chosen.includes(uid) ? chosen.filter((each) => each !== uid) : [...chosen, uid].slice(-2);
}

/** The two that were chosen, the older one first; undefined as long as there are not two, or one of them is gone. */
function pairOf(
  revisions: readonly ControllerRevisionRow[],
  chosen: readonly string[],
): readonly [ControllerRevisionRow, ControllerRevisionRow] | undefined {
  const [older, newer] = revisions
    .filter(({ uid }) => chosen.includes(uid))
    .toSorted((a, b) => a.revision - b.revision);
  return older && newer ? [older, newer] : undefined;
}
