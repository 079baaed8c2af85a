import type { DaemonSetRow } from '../../shared/kubernetes/rows.ts';
import type { NamespaceChoice } from '../stores/route.ts';
import { type LiveRows, useRows } from './use-rows.ts';

/** The DaemonSets of some namespaces, live. Sidebar, list and status bar share one stream when they ask for the same. */
export function useDaemonSets(
  contextName: string,
  namespaces: NamespaceChoice,
  labelSelector = '',
): LiveRows<DaemonSetRow> {
  const scope = namespaces === 'all' ? namespaces : [...namespaces].sort();
  return useRows<DaemonSetRow>(['daemonSets', contextName, scope, labelSelector], (client, signal) =>
    client.daemonSet.watchList(
      { contextName, namespaces: scope, ...(labelSelector !== '' && { labelSelector }) },
      { signal },
    ),
  );
}
