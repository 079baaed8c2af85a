import type { ControllerRevisionRow, DaemonSetRow } from '../../shared/kubernetes/rows.ts';
import { type LiveValue, useValue } from './use-value.ts';

/** The revisions that are kept of a DaemonSet, live, newest first. All that show them share one stream. */
export function useRevisions(
  contextName: string,
  { namespace, name, uid }: Pick<DaemonSetRow, 'namespace' | 'name' | 'uid'>,
): LiveValue<readonly ControllerRevisionRow[]> {
  return useValue(['revisions', contextName, namespace, name, uid], (client, signal) =>
    client.daemonSet.watchRevisions({ contextName, namespace, name, uid }, { signal }),
  );
}
