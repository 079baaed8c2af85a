import { type StoreApi, useStore } from 'zustand';
import type { NamespaceChoice } from './route.ts';
import { type KeyValueStorage, asRecord, asStrings, storedStore } from './stored.ts';

/** What the user chose and the page remembers, in this browser. */
export interface Preferences {
  /** Columns of the DaemonSet list that are shown; absent: the default ones. */
  readonly daemonSetColumns?: readonly string[];
  /** The namespaces last chosen, by context. */
  readonly namespaces: Readonly<Record<string, NamespaceChoice>>;
  /** Key of the label that a DaemonSet's nodes are grouped by, empty for none; absent: the zone. */
  readonly nodeLabel?: string;
}

function namespaceChoice(value: unknown): NamespaceChoice | undefined {
  if (value === 'all') return 'all';
  const names = asStrings(value);
  return names !== undefined && names.length > 0 ? names : undefined;
}

export function parsePreferences(stored: unknown): Preferences {
  const { daemonSetColumns, namespaces, nodeLabel } = asRecord(stored);
  const columns = asStrings(daemonSetColumns);
  const choices = Object.entries(asRecord(namespaces))
    .map(([contextName, value]) => [contextName, namespaceChoice(value)] as const)
    .filter((entry): entry is readonly [string, NamespaceChoice] => entry[1] !== undefined);
  return {
    ...(columns && { daemonSetColumns: columns }),
    namespaces: Object.fromEntries(choices),
    ...(typeof nodeLabel === 'string' && { nodeLabel }),
  };
}

export type PreferencesStore = StoreApi<Preferences>;

export function createPreferences(storage: KeyValueStorage): PreferencesStore {
  return storedStore(storage, 'everynode.preferences', parsePreferences);
}

const preferences = createPreferences(globalThis.localStorage);

export function usePreferences<Selected>(select: (preferences: Preferences) => Selected): Selected {
  return useStore(preferences, select);
}

export function setDaemonSetColumns(columns: readonly string[] | undefined): void {
  const { daemonSetColumns: _, ...rest } = preferences.getState();
  preferences.setState(columns === undefined ? rest : { ...rest, daemonSetColumns: columns }, true);
}

export function rememberNamespaces(contextName: string, choice: NamespaceChoice): void {
  const { namespaces } = preferences.getState();
  preferences.setState({ namespaces: { ...namespaces, [contextName]: choice } });
}

export function groupNodesBy(nodeLabel: string): void {
  preferences.setState({ nodeLabel });
}
