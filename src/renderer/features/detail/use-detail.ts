import type { ControllerRevisionRow } from '../../../shared/kubernetes/rows.ts';
import type { DaemonSetRow, PodRow } from '../../../shared/kubernetes/rows.ts';
import { type LiveRows, useRows } from '../../live/use-rows.ts';
import { type LiveValue, useValue } from '../../live/use-value.ts';

/** The DaemonSet's own pods, live. All tabs of a page share one stream. */
export function useDaemonSetPods(contextName: string, { namespace, name, uid }: DaemonSetRow): LiveRows<PodRow> {
  return useRows<PodRow>(['pods', contextName, namespace, name, uid], (client, signal) =>
    client.daemonSet.watchPods({ contextName, namespace, name, uid }, { signal }),
  );
}

export function useRevisions(
  contextName: string,
  { namespace, name, uid }: DaemonSetRow,
): LiveValue<readonly ControllerRevisionRow[]> {
  return useValue(['revisions', contextName, namespace, name, uid], (client, signal) =>
    client.daemonSet.watchRevisions({ contextName, namespace, name, uid }, { signal }),
  );
}
