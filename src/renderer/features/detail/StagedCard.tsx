import { Button } from '@mantine/core';
import { useState } from 'react';
import type { StagedRolloutView } from '../../../shared/contract/staged-rollout.ts';
import type { Coverage } from '../../../shared/kubernetes/coverage.ts';
import type { DaemonSetRow } from '../../../shared/kubernetes/rows.ts';
import type { StagedPlan } from '../../../shared/kubernetes/staged-plan.ts';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { GuardedButton } from '../../components/GuardedButton.tsx';
import { useServices } from '../../live/services.ts';
import { useAction } from '../../live/use-action.ts';
import { useStagedRollout } from '../../live/use-staged-rollout.ts';
import { nodesWords, permissionFor, RollbackDialog, useDaemonSetPermissions } from '../operations/index.ts';
import line from './RevisionLine.module.css';
import classes from './RolloutCard.module.css';
import { continueWords, refusedLines, stagedTitle, waveLines } from './staged-card-words.ts';

export interface StagedCardProps {
  readonly contextName: string;
  readonly row: DaemonSetRow;
  /** Where its pods are; undefined until it was read. */
  readonly coverage: Coverage | undefined;
}

/** The staged rollout of this DaemonSet while there is one: how far it is, why it waits or is held, and what can be done. */
export function StagedCard({ contextName, row, coverage }: StagedCardProps) {
  const { value } = useStagedRollout(contextName, row);
  if (value?.plan === undefined && value?.problem === undefined) return null;
  return (
    <section className={line.card} aria-label="Staged rollout">
      {value.plan && <Plan view={value} plan={value.plan} coverage={coverage} />}
      {value.problem !== undefined && (
        <p className={classes.muted}>The plan of a staged rollout cannot be read: {value.problem}</p>
      )}
      <Actions contextName={contextName} row={row} view={value} />
    </section>
  );
}

interface PlanProps extends Pick<StagedCardProps, 'coverage'> {
  readonly view: StagedRolloutView;
  readonly plan: StagedPlan;
}

function Plan({ view, plan, coverage }: PlanProps) {
  const nodes = plan.waves.flat();
  const done = nodes.filter(({ state }) => state === 'ready').length;
  const words = `${done} of ${nodesWords(nodes.length)} replaced`;
  return (
    <>
      <div className={line.line}>
        <strong>{stagedTitle(plan)}</strong>
        <span className={line.muted}>{words}</span>
        <span className={line.pace}>
          {plan.waves.length === 1 ? 'one wave' : `${plan.waves.length} waves`}, {plan.gateSeconds} s between them
        </span>
      </div>
      <div className={line.line}>
        <div
          className={`${line.track} ${line.ahead}`}
          role="progressbar"
          aria-label="Staged rollout progress"
          aria-valuemin={0}
          aria-valuemax={nodes.length}
          aria-valuenow={done}
          aria-valuetext={words}
        >
          <div className={line.done} style={{ width: `${nodes.length === 0 ? 0 : (done / nodes.length) * 100}%` }} />
        </div>
      </div>
      <p className={plan.phase === 'held' ? classes.held : classes.muted} role="status">
        {plan.phase === 'running' ? view.why : plan.why}
        {view.runsElsewhere && ' Another Everynode on the same data folder runs it: it is held and stopped there.'}
      </p>
      {refusedLines(plan, coverage).map((words) => (
        <p key={words} className={classes.held}>
          {words}
        </p>
      ))}
      <ol className={classes.waits} aria-label="Waves">
        {waveLines(plan, view.waits).map(({ wave, words: about }) => (
          <li key={wave}>
            <strong>{wave}</strong> {about}
          </li>
        ))}
      </ol>
    </>
  );
}

interface ActionsProps extends Omit<StagedCardProps, 'coverage'> {
  readonly view: StagedRolloutView;
}

/** Holding and stopping ask for no right: they only leave things as they are. */
function Actions({ contextName, row, view: { plan, runsElsewhere } }: ActionsProps) {
  const may = useDaemonSetPermissions(contextName, row.namespace);
  const [rollsBack, setRollsBack] = useState(false);
  const act = useStagedAct(contextName, row);
  if (runsElsewhere) return null;
  const isOver = plan === undefined || plan.phase === 'done' || plan.phase === 'stopped';
  const isOther = plan !== undefined && plan.contextName !== contextName;
  return (
    <>
      {isOther && (
        <p className={classes.muted}>It was made in context “{plan.contextName}”, and goes on there alone.</p>
      )}
      <div className={classes.actions}>
        {plan?.phase === 'running' && (
          <Button variant="filled" loading={act.isRunning} onClick={() => act.run('hold')}>
            Hold
          </Button>
        )}
        {plan?.phase === 'held' && !isOther && (
          <GuardedButton
            variant="filled"
            reason={permissionFor('staged', may).reason}
            loading={act.isRunning}
            onClick={() => act.run('continue')}
          >
            {continueWords(plan)}
          </GuardedButton>
        )}
        {isOver ? (
          <Button onClick={() => act.run('discard')}>{plan === undefined ? 'Discard' : 'Dismiss'}</Button>
        ) : (
          <Button onClick={() => act.run('stop')}>Stop</Button>
        )}
        {!isOver && (
          <GuardedButton reason={permissionFor('rollback', may).reason} onClick={() => setRollsBack(true)}>
            Roll back…
          </GuardedButton>
        )}
      </div>
      {act.error && <ErrorPanel title="That was not done" error={act.error} />}
      {rollsBack && <RollbackDialog contextName={contextName} row={row} onClose={() => setRollsBack(false)} />}
    </>
  );
}

type StagedCall = 'hold' | 'continue' | 'stop' | 'discard';

function useStagedAct(contextName: string, { namespace, name, uid }: DaemonSetRow) {
  const { client } = useServices();
  const { state, run } = useAction((call: StagedCall) =>
    client.stagedRollout[call]({ contextName, namespace, name, uid }),
  );
  return {
    isRunning: state.phase === 'running',
    error: state.phase === 'failed' ? state.error : undefined,
    run: (call: StagedCall) => void run(call),
  };
}
