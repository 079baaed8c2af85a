import type { KubeContextRow } from '../../shared/contract/context.ts';
import { rememberNamespaces, usePreferences } from '../stores/preferences.ts';
import type { NamespaceChoice } from '../stores/route.ts';
import { navigate, useRoute } from '../stores/use-route.ts';
import { useAccess } from './use-access.ts';

export interface NamespaceScope {
  /** What lists of this context read. */
  readonly namespaces: NamespaceChoice;
  /** The server does not let the user list DaemonSets of the whole cluster. */
  readonly clusterForbidden: boolean;
  readonly choose: (choice: NamespaceChoice) => void;
}

const LIST_EVERYWHERE = [{ verb: 'list', group: 'apps', resource: 'daemonsets' }] as const;
const DEFAULT_NAMESPACE = 'default';

/** The list's namespaces: the URL's, else those last chosen, else all; and for whom that is forbidden, the context's own. */
export function useNamespaceScope(context: KubeContextRow): NamespaceScope {
  const { contextName } = context;
  const route = useRoute();
  const remembered = usePreferences((preferences) => preferences.namespaces[contextName]);
  const clusterForbidden = useAccess(contextName, LIST_EVERYWHERE)?.[0]?.allowed === false;
  const own = route.page === 'daemonSets' && route.contextName === contextName ? route : undefined;
  const fallback: NamespaceChoice = clusterForbidden ? [context.namespace ?? DEFAULT_NAMESPACE] : 'all';
  return {
    namespaces: own?.namespaces ?? remembered ?? fallback,
    clusterForbidden,
    choose: (choice) => {
      rememberNamespaces(contextName, choice);
      // The page of events reads what was chosen last.
      if (route.page === 'events') return;
      navigate({ ...(own ?? { page: 'daemonSets', contextName }), namespaces: choice });
    },
  };
}

/** "all namespaces", "logging", "3 namespaces". */
export function namespaceWords(choice: NamespaceChoice): string {
  if (choice === 'all') return 'all namespaces';
  return choice.length === 1 ? String(choice[0]) : `${choice.length} namespaces`;
}
