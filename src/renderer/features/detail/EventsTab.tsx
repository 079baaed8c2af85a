import { useMemo } from 'react';
import type { DaemonSetRow, EventRow } from '../../../shared/kubernetes/rows.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { ReadTrouble } from '../../components/ReadTrouble.tsx';
import { useReadNow } from '../../live/use-read-now.ts';
import { type LiveRows, useRows } from '../../live/use-rows.ts';
import { EventList } from '../events/index.ts';
import { useDaemonSetEvents } from './use-detail.ts';

export interface EventsTabProps {
  readonly row: DaemonSetRow;
  readonly contextName: string;
}

/** What happened to the DaemonSet, to its pods, and the warnings of their nodes. */
export function EventsTab({ row, contextName }: EventsTabProps) {
  const own = useDaemonSetEvents(contextName, row);
  const ofNodes = useNodeWarnings(contextName, row);
  const readNow = useReadNow(contextName, own.retry);
  const readNodesNow = useReadNow(contextName, ofNodes.retry);
  const events = useMemo(() => [...own.rows, ...ofNodes.rows], [own.rows, ofNodes.rows]);
  const daemonSets = useMemo(() => [row], [row]);
  if (own.state.phase === 'failed' && events.length === 0) {
    return <ErrorPanel error={own.state.error} onRetry={readNow} title="The events cannot be read" />;
  }
  return (
    <EventList
      contextName={contextName}
      events={events}
      daemonSets={daemonSets}
      withTypes
      state={
        <>
          <ReadTrouble subject="Events" state={own.state} onNow={readNow} />
          <ReadTrouble subject="Events of nodes" state={ofNodes.state} onNow={readNodesNow} />
        </>
      }
      none={
        <EmptyState title={own.state.phase === 'live' ? `No events of ${row.name}` : 'Reading the events…'}>
          {own.state.phase === 'live' && <span>A cluster forgets events, as a rule after an hour.</span>}
        </EmptyState>
      }
    />
  );
}

function useNodeWarnings(contextName: string, { namespace, name, uid }: DaemonSetRow): LiveRows<EventRow> {
  return useRows<EventRow>(['nodeWarnings', contextName, namespace, name, uid], (client, signal) =>
    client.event.watchOfNodes({ contextName, namespace, name, uid }, { signal }),
  );
}
