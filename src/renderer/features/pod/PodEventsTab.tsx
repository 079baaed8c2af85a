import { useMemo } from 'react';
import type { EventRow } from '../../../shared/kubernetes/rows.ts';
import { useRows } from '../../live/use-rows.ts';
import { ObjectEvents } from '../events/index.ts';
import { daemonSetOf } from './pod-links.ts';
import type { PodTabProps } from './pod-tab.ts';

/** What happened to the pod. */
export function PodEventsTab({ contextName, view, row: { namespace, name, uid } }: PodTabProps) {
  const read = useRows<EventRow>(['podEvents', contextName, namespace, name, uid], (client, signal) =>
    client.event.watchOfPod({ contextName, namespace, name, uid }, { signal }),
  );
  const owner = daemonSetOf(contextName, view)?.name;
  const daemonSets = useMemo(() => (owner === undefined ? [] : [{ namespace, name: owner }]), [namespace, owner]);
  return (
    <ObjectEvents
      contextName={contextName}
      daemonSets={daemonSets}
      name={name}
      read={read}
      failedTitle="The events cannot be read"
    />
  );
}
