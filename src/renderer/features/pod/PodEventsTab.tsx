import { useMemo } from 'react';
import type { EventRow } from '../../../shared/kubernetes/rows.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { ReadTrouble } from '../../components/ReadTrouble.tsx';
import { useReadNow } from '../../live/use-read-now.ts';
import { useRows } from '../../live/use-rows.ts';
import { EventList } from '../events/index.ts';
import { daemonSetOf } from './pod-links.ts';
import type { PodTabProps } from './pod-tab.ts';

/** What happened to the pod. */
export function PodEventsTab({ contextName, view, row: { namespace, name, uid } }: PodTabProps) {
  const { rows, state, retry } = useRows<EventRow>(['podEvents', contextName, namespace, name, uid], (client, signal) =>
    client.event.watchOfPod({ contextName, namespace, name, uid }, { signal }),
  );
  const readNow = useReadNow(contextName, retry);
  const owner = daemonSetOf(contextName, view)?.name;
  const daemonSets = useMemo(() => (owner === undefined ? [] : [{ namespace, name: owner }]), [namespace, owner]);
  if (state.phase === 'failed' && rows.length === 0) {
    return <ErrorPanel error={state.error} onRetry={readNow} title="The events cannot be read" />;
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
