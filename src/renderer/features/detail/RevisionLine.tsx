import type { ReactNode } from 'react';
import type { ReadState } from '../../../shared/contract/live.ts';
import type { DaemonSetStatus } from '../../../shared/kubernetes/daemonset.ts';
import { currentRevision } from '../../../shared/kubernetes/revision.ts';
import type { ControllerRevisionRow, DaemonSetRow } from '../../../shared/kubernetes/rows.ts';
import { Age } from '../../components/Age.tsx';
import { ReadTrouble } from '../../components/ReadTrouble.tsx';
import classes from './RevisionLine.module.css';
import { type RolloutProgress, rolloutProgress } from './rollout-progress.ts';

export interface RevisionLineProps {
  readonly row: DaemonSetRow;
  readonly status: DaemonSetStatus;
  readonly revisions: readonly ControllerRevisionRow[] | undefined;
  readonly state: ReadState;
  readonly onNow: () => void;
  /** Beneath it, in the same card. */
  readonly children?: ReactNode;
}

/** The current revision, and while a rollout to it runs, how far it is. */
export function RevisionLine({ row, status, revisions, state, onNow, children }: RevisionLineProps) {
  const current = currentRevision(revisions ?? []);
  const progress = rolloutProgress(row, status);
  return (
    <section className={classes.card} aria-label="Revision">
      <div className={classes.line}>
        <strong>{title(current, progress !== undefined)}</strong>
        {current && (
          <span className={classes.muted}>
            made <Age timestamp={current.creationTimestamp} /> ago · {keptWords(revisions ?? [])}
          </span>
        )}
        {row.restartedAt !== undefined && (
          <span className={classes.muted}>
            redeployed <Age timestamp={row.restartedAt} /> ago
          </span>
        )}
        <ReadTrouble subject="Revisions" state={state} onNow={onNow} />
        {progress && <span className={classes.pace}>{progress.pace}</span>}
      </div>
      {progress && <Progress progress={progress} />}
      {children}
    </section>
  );
}

function Progress({ progress }: { readonly progress: RolloutProgress }) {
  const { updated, desired, words } = progress;
  const percent = desired === 0 ? 0 : Math.min(100, (updated / desired) * 100);
  return (
    <div className={classes.line}>
      <div
        className={classes.track}
        role="progressbar"
        aria-label="Rollout progress"
        aria-valuemin={0}
        aria-valuemax={desired}
        aria-valuenow={Math.min(updated, desired)}
        aria-valuetext={words}
      >
        <div className={classes.done} style={{ width: `${percent}%` }} />
      </div>
      <span className={classes.words}>{words}</span>
    </div>
  );
}

function title(current: ControllerRevisionRow | undefined, rollsOut: boolean): string {
  const name = current ? `revision ${current.revision}` : 'revision';
  return rollsOut ? `Rollout to ${current ? name : 'the new revision'}` : name.replace(/^r/, 'R');
}

function keptWords(revisions: readonly ControllerRevisionRow[]): string {
  return `${revisions.length} ${revisions.length === 1 ? 'revision' : 'revisions'} kept`;
}
