import type { EventRow } from '../../../shared/kubernetes/rows.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { ReadTrouble } from '../../components/ReadTrouble.tsx';
import { useReadNow } from '../../live/use-read-now.ts';
import { useRows } from '../../live/use-rows.ts';
import { EventList } from '../events/index.ts';
import classes from './NodePage.module.css';

export interface NodeEventsProps {
  readonly contextName: string;
  readonly name: string;
}

const NO_DAEMON_SETS: readonly never[] = [];

/** What happened to the node itself: what its pods went through stands on their pages. */
export function NodeEvents({ contextName, name }: NodeEventsProps) {
  const { rows, state, retry } = useRows<EventRow>(['nodeEvents', contextName, name], (client, signal) =>
    client.event.watchOfNode({ contextName, name }, { signal }),
  );
  const readNow = useReadNow(contextName, retry);
  if (state.phase === 'failed' && rows.length === 0) {
    return <ErrorPanel error={state.error} onRetry={readNow} title="The events of the node cannot be read" />;
  }
  return (
    <div className={classes.events}>
      <EventList
        contextName={contextName}
        events={rows}
        daemonSets={NO_DAEMON_SETS}
        withTypes
        state={<ReadTrouble subject="Events" state={state} onNow={readNow} />}
        none={
          <EmptyState title={state.phase === 'live' ? `No events of ${name}` : 'Reading the events…'}>
            {state.phase === 'live' && <span>A cluster forgets events, as a rule after an hour.</span>}
          </EmptyState>
        }
      />
    </div>
  );
}
