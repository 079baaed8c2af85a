import type { DaemonSetPlacement } from '../../../shared/contract/node.ts';
import type { PodRow } from '../../../shared/kubernetes/rows.ts';
import { useAccess } from '../../live/use-access.ts';
import { useKubeContext } from '../../live/use-contexts.ts';
import { type LiveRows, useRows } from '../../live/use-rows.ts';
import { type LiveValue, useValue } from '../../live/use-value.ts';
import { usePreferences } from '../../stores/preferences.ts';
import type { NamespaceChoice } from '../../stores/route.ts';

const EVERYWHERE = [
  { verb: 'list', group: 'apps', resource: 'daemonsets' },
  { verb: 'list', group: '', resource: 'pods' },
] as const;

/** What a node's page reads: the whole cluster, or the chosen namespaces of a user who may not. */
export function useReadableNamespaces(contextName: string): NamespaceChoice {
  const answers = useAccess(contextName, EVERYWHERE);
  const chosen = usePreferences((preferences) => preferences.namespaces[contextName]);
  const own = useKubeContext(contextName)?.namespace ?? 'default';
  if (answers?.some(({ allowed }) => !allowed) !== true) return 'all';
  return chosen === undefined || chosen === 'all' ? [own] : chosen;
}

export function useNodePods(contextName: string, name: string, namespaces: NamespaceChoice): LiveRows<PodRow> {
  const scope = namespacesInput(namespaces);
  return useRows<PodRow>(['nodePods', contextName, name, JSON.stringify(namespaces)], (client, signal) =>
    client.node.watchPods({ contextName, name, namespaces: scope }, { signal }),
  );
}

export function usePlacements(
  contextName: string,
  namespaces: NamespaceChoice,
): LiveValue<readonly DaemonSetPlacement[]> {
  const scope = namespacesInput(namespaces);
  return useValue<readonly DaemonSetPlacement[]>(
    ['placements', contextName, JSON.stringify(namespaces)],
    (client, signal) => client.node.watchDaemonSets({ contextName, namespaces: scope }, { signal }),
  );
}

function namespacesInput(namespaces: NamespaceChoice): 'all' | string[] {
  return namespaces === 'all' ? 'all' : [...namespaces];
}
