import type { DaemonSetRow, EventRow, PodRow } from '../../../shared/kubernetes/rows.ts';
import { type LiveRows, useRows } from '../../live/use-rows.ts';

/** The DaemonSet's own pods, live. All tabs of a page share one stream. */
export function useDaemonSetPods(contextName: string, { namespace, name, uid }: DaemonSetRow): LiveRows<PodRow> {
  return useRows<PodRow>(['pods', contextName, namespace, name, uid], (client, signal) =>
    client.daemonSet.watchPods({ contextName, namespace, name, uid }, { signal }),
  );
}

/** Events of the DaemonSet and of its pods, live. */
export function useDaemonSetEvents(contextName: string, { namespace, name, uid }: DaemonSetRow): LiveRows<EventRow> {
  return useRows<EventRow>(['events', contextName, namespace, name, uid], (client, signal) =>
    client.event.watchOfDaemonSet({ contextName, namespace, name, uid }, { signal }),
  );
}

/** Events of the DaemonSet alone: they say which pods could not be made. */
export function useOwnEvents(contextName: string, { namespace, name, uid }: DaemonSetRow): LiveRows<EventRow> {
  return useRows<EventRow>(['ownEvents', contextName, namespace, name, uid], (client, signal) =>
    client.event.watchOfDaemonSet({ contextName, namespace, name, uid, withPods: false }, { signal }),
  );
}
