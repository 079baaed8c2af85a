import { Button } from '@mantine/core';
import type { OpenStagedRollout } from '../../../shared/contract/staged-rollout.ts';
import type { DaemonSetRow } from '../../../shared/kubernetes/rows.ts';
import { useServices } from '../../live/services.ts';
import { useAction } from '../../live/use-action.ts';
import { useValue } from '../../live/use-value.ts';
import type { NamespaceChoice } from '../../stores/route.ts';
import { formatRoute } from '../../stores/route.ts';
import classes from './DaemonSetsPage.module.css';

export interface StagedNoticesProps {
  readonly contextName: string;
  readonly rows: readonly DaemonSetRow[];
  /** Whose DaemonSets are all among the rows; absent while that is not known. */
  readonly whole: NamespaceChoice | undefined;
}

/** Staged rollouts that run or are held: after a crash nobody goes on with one unless its page is opened. */
export function StagedNotices({ contextName, rows, whole }: StagedNoticesProps) {
  const { value = [] } = useValue<readonly OpenStagedRollout[]>(['openStaged', contextName], (client, signal) =>
    client.stagedRollout.watchOpen({ contextName }, { signal }),
  );
  if (value.length === 0) return null;
  const isGone = ({ namespace, uid }: OpenStagedRollout) =>
    whole !== undefined && (whole === 'all' || whole.includes(namespace)) && !rows.some((row) => row.uid === uid);
  return (
    <section className={classes.notices} aria-label="Staged rollouts">
      <ul>
        {value.map((each) => (
          <Line key={each.uid} contextName={contextName} rollout={each} isGone={isGone(each)} />
        ))}
      </ul>
    </section>
  );
}

interface LineProps {
  readonly contextName: string;
  readonly rollout: OpenStagedRollout;
  readonly isGone: boolean;
}

function Line({ contextName, rollout, isGone }: LineProps) {
  const { namespace, name, uid, phase, why = '' } = rollout;
  const { client } = useServices();
  const discard = useAction(async () => {
    const target = { contextName, namespace, name, uid };
    if (phase === 'held') await client.stagedRollout.stop(target);
    await client.stagedRollout.discard(target);
  });
  return (
    <li>
      <span className={classes.noticeText}>
        Staged rollout of <strong>{name}</strong> in {namespace} {progressWords(rollout)}.{' '}
        {isGone ? 'That DaemonSet is no longer there.' : why}
        {discard.state.phase === 'failed' && ` ${discard.state.error.message}`}
      </span>
      {isGone && phase === 'held' ? (
        <Button
          size="compact-xs"
          loading={discard.state.phase === 'running'}
          aria-label={`Discard the staged rollout of ${namespace}/${name}`}
          onClick={() => void discard.run()}
        >
          Discard
        </Button>
      ) : (
        <Button
          component="a"
          size="compact-xs"
          href={formatRoute({ page: 'daemonSet', contextName, namespace, name })}
          aria-label={`Show the staged rollout of ${namespace}/${name}`}
        >
          Show
        </Button>
      )}
    </li>
  );
}

/** "is held, 3 of 9 nodes replaced". */
function progressWords({ phase, replaced, nodes, runsElsewhere }: OpenStagedRollout): string {
  const where = runsElsewhere ? ' in another Everynode' : '';
  return `${phase === 'held' ? 'is held' : `runs${where}`}, ${replaced} of ${nodes} ${nodes === 1 ? 'node' : 'nodes'} replaced`;
}
