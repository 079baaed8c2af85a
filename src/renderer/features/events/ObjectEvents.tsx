import type { EventRow } from '../../../shared/kubernetes/rows.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { ReadTrouble } from '../../components/ReadTrouble.tsx';
import { useReadNow } from '../../live/use-read-now.ts';
import type { LiveRows } from '../../live/use-rows.ts';
import { EventList } from './EventList.tsx';
import type { EventListProps } from './EventList.tsx';

export interface ObjectEventsProps extends Pick<EventListProps, 'contextName' | 'daemonSets'> {
  readonly name: string;
  readonly read: LiveRows<EventRow>;
  /** Over the error when nothing can be read. */
  readonly failedTitle: string;
}

/** What happened to one object, or why that cannot be said. */
export function ObjectEvents({ contextName, daemonSets, name, read, failedTitle }: ObjectEventsProps) {
  const { rows, state, retry } = read;
  const readNow = useReadNow(contextName, retry);
  if (state.phase === 'failed' && rows.length === 0) {
    return <ErrorPanel error={state.error} onRetry={readNow} title={failedTitle} />;
  }
  return (
    <EventList
      contextName={contextName}
      events={rows}
      daemonSets={daemonSets}
      withTypes
      state={<ReadTrouble subject="Events" state={state} onNow={readNow} />}
      none={
        <EmptyState title={state.phase === 'live' ? `No events of ${name}` : 'Reading the events…'}>
          {state.phase === 'live' && <span>A cluster forgets events, as a rule after an hour.</span>}
        </EmptyState>
      }
    />
  );
}
