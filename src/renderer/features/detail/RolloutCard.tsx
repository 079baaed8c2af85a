import { useMemo, useState } from 'react';
import type { ReadState } from '../../../shared/contract/live.ts';
import type { DaemonSetStatus } from '../../../shared/kubernetes/daemonset.ts';
import {
  explainRollout,
  isRollingOut,
  oldNodes,
  type Rollout,
  rolloutStart,
} from '../../../shared/kubernetes/rollout.ts';
import type { RolloutBudget } from '../../../shared/kubernetes/rollout-budget.ts';
import { type RolloutWait, waitWords } from '../../../shared/kubernetes/rollout-waits.ts';
import { currentRevision } from '../../../shared/kubernetes/revision.ts';
import type { ControllerRevisionRow, DaemonSetRow, NodeRow, PodRow } from '../../../shared/kubernetes/rows.ts';
import { GuardedButton } from '../../components/GuardedButton.tsx';
import { useRows } from '../../live/use-rows.ts';
import { useStagedRollout } from '../../live/use-staged-rollout.ts';
import { OpenOperation, type Operation, permissionFor, useDaemonSetPermissions } from '../operations/index.ts';
import { LastLogLines, type LastLogLinesProps } from './LastLogLines.tsx';
import { RevisionLine } from './RevisionLine.tsx';
import { formatRoute } from '../../stores/route.ts';
import classes from './RolloutCard.module.css';
import { budgetWords, leftWords, startWords, toCauseEvent } from './rollout-words.ts';
import { useDaemonSetEvents } from './use-detail.ts';

export interface RolloutCardProps {
  readonly contextName: string;
  readonly row: DaemonSetRow;
  readonly status: DaemonSetStatus;
  readonly pods: readonly PodRow[];
  readonly revisions: readonly ControllerRevisionRow[] | undefined;
  readonly state: ReadState;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly onNow: () => void;
}

/** More than these are shown on a click. */
const SHOWN_WAITS = 3;
/** More than these are in the table of the pods. */
const MOST_WAITS = 100;

/** The current revision; while a rollout to it runs, its budget, what it waits for and what can be done; under OnDelete, who is old. */
export function RolloutCard(props: RolloutCardProps) {
  const { contextName, row, status, pods, revisions, state, now, onNow } = props;
  const nodes = useRows<NodeRow>(['nodes', contextName], (client, signal) =>
    client.cluster.watchNodes({ contextName }, { signal }),
  );
  const current = currentRevision(revisions ?? []);
  const rollout = explainRollout({ row, pods, current, nodeRows: nodes.rows, now });
  const runs = isRollingOut(row, status);
  const previous = revisions?.find((each) => current !== undefined && each.revision < current.revision);
  return (
    <RevisionLine row={row} status={status} revisions={revisions} state={state} onNow={onNow}>
      {runs && (
        <Running
          contextName={contextName}
          row={row}
          pods={pods}
          current={current}
          nodeRows={nodes.rows}
          now={now}
          start={current && startWords(rolloutStart(row, current, revisions ?? []), now)}
        />
      )}
      <Outdated row={row} rollout={rollout} />
      <RolloutActions
        contextName={contextName}
        row={row}
        runs={runs}
        previous={previous}
        hasOld={oldNodes(rollout.nodes).length > 0}
      />
    </RevisionLine>
  );
}

interface RunningProps {
  readonly contextName: string;
  readonly row: DaemonSetRow;
  readonly pods: readonly PodRow[];
  readonly current: ControllerRevisionRow | undefined;
  readonly nodeRows: readonly NodeRow[];
  readonly now: number;
  /** How it began. */
  readonly start: string | undefined;
}

/** Events are read only while it runs: what a pod waits for often stands there alone. */
function Running({ contextName, row, start, ...seen }: RunningProps) {
  const { rows } = useDaemonSetEvents(contextName, row);
  const events = useMemo(() => rows.map(toCauseEvent), [rows]);
  const rollout = explainRollout({ row, events, ...seen });
  const { budget, waits, msLeft } = rollout;
  return (
    <div className={classes.columns}>
      <span className={classes.muted}>{rollout.words}</span>
      <span className={classes.muted}>
        {[start, msLeft !== undefined && leftWords(msLeft)].filter(Boolean).join(' · ')}
      </span>
      {budget && <Budget budget={budget} />}
      {waits.length > 0 && <Waits contextName={contextName} namespace={row.namespace} name={row.name} waits={waits} />}
    </div>
  );
}

function Budget({ budget }: { readonly budget: RolloutBudget }) {
  return (
    <section aria-label="Budget">
      <h3 className={classes.title}>Budget</h3>
      <p className={classes.muted}>{budgetWords(budget)}</p>
    </section>
  );
}

interface WaitsProps {
  readonly contextName: string;
  readonly namespace: string;
  /** Of the DaemonSet. */
  readonly name: string;
  readonly waits: readonly RolloutWait[];
}

function Waits({ contextName, namespace, name, waits }: WaitsProps) {
  const [isWhole, setWhole] = useState(false);
  const shown = waits.slice(0, isWhole ? MOST_WAITS : SHOWN_WAITS);
  const left = waits.length - shown.length;
  return (
    <section aria-label="Why it waits">
      <h3 className={classes.title}>Why it waits</h3>
      <ul className={classes.waits}>
        {shown.map(({ pod, nodeName, cause, event }) => (
          <li key={pod.uid}>
            <strong>{nodeName ?? pod.name}</strong> {waitWords(cause)} <span className={classes.muted}>{pod.name}</span>{' '}
            {cause.kind === 'crash' && (
              <CrashLog
                contextName={contextName}
                namespace={namespace}
                name={name}
                pod={pod.name}
                container={cause.container}
                hasRunBefore={cause.restarts > 0}
              />
            )}
            {event && (
              <span className={classes.event}>
                {event.reason}: {event.message}
              </span>
            )}
          </li>
        ))}
      </ul>
      {left > 0 && isWhole && <p className={classes.muted}>and {left} more, which the table of pods has</p>}
      {waits.length > SHOWN_WAITS && (
        <button type="button" className={classes.unfold} onClick={() => setWhole(!isWhole)}>
          {isWhole ? 'Show fewer' : `Show ${waits.length - SHOWN_WAITS} more`}
        </button>
      )}
    </section>
  );
}

interface CrashLogProps extends Omit<LastLogLinesProps, 'hasRunBefore'> {
  readonly name: string;
  readonly hasRunBefore: boolean;
}

function CrashLog({ name, hasRunBefore, ...lines }: CrashLogProps) {
  const { contextName, namespace, pod, container } = lines;
  // What crashed wrote it in its former run; the present one may have written nothing yet.
  const run = hasRunBefore ? { run: 'previous' } : {};
  const log = formatRoute({ page: 'daemonSet', contextName, namespace, name, tab: 'logs', pod, container, ...run });
  return (
    <>
      {hasRunBefore && <LastLogLines {...lines} />}{' '}
      <a href={log} className={classes.link}>
        Full log
      </a>
    </>
  );
}

/** Shown under OnDelete alone: a rolling update replaces old pods by itself. */
function Outdated({ row, rollout }: { readonly row: DaemonSetRow; readonly rollout: Rollout }) {
  const old = oldNodes(rollout.nodes);
  if (row.strategy.type !== 'OnDelete' || old.length === 0) return null;
  const names = old.slice(0, 10).map(({ nodeName }) => nodeName);
  const more = old.length - names.length;
  return (
    <p className={classes.muted}>
      Old pods on {old.length} {old.length === 1 ? 'node' : 'nodes'}: {names.join(', ')}
      {more > 0 && ` and ${more} more`}. A new pod comes on a node only when its old pod is deleted.
    </p>
  );
}

interface RolloutActionsProps {
  readonly contextName: string;
  readonly row: DaemonSetRow;
  readonly runs: boolean;
  readonly previous: ControllerRevisionRow | undefined;
  readonly hasOld: boolean;
}

function RolloutActions({ contextName, row, runs, previous, hasOld }: RolloutActionsProps) {
  const [operation, setOperation] = useState<Operation>();
  const may = useDaemonSetPermissions(contextName, row.namespace);
  const { reason } = permissionFor('pause', may);
  const { phase } = useStagedRollout(contextName, row).value?.plan ?? {};
  const isStaged = phase === 'running' || phase === 'held';
  const isPaused = row.strategy.type === 'OnDelete' && row.updated < row.current;
  return (
    <>
      {(runs || isPaused) && (
        <div className={classes.actions}>
          <GuardedButton reason={reason} onClick={() => setOperation(isPaused ? 'resume' : 'pause')}>
            {isPaused ? 'Resume' : 'Pause'}
          </GuardedButton>
          {isPaused && hasOld && !isStaged && (
            <GuardedButton reason={permissionFor('staged', may).reason} onClick={() => setOperation('staged')}>
              Staged rollout…
            </GuardedButton>
          )}
          {previous && (
            <GuardedButton reason={reason} onClick={() => setOperation('rollback')}>
              Roll back to #{previous.revision}
            </GuardedButton>
          )}
        </div>
      )}
      <OpenOperation
        contextName={contextName}
        row={row}
        operation={operation}
        onClose={() => setOperation(undefined)}
      />
    </>
  );
}
