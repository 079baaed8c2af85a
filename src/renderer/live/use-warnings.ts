import type { EventRow } from '../../shared/kubernetes/rows.ts';
import type { NamespaceChoice } from '../stores/route.ts';
import { type LiveRows, useRows } from './use-rows.ts';

/** Warning events of some namespaces, live. Sidebar and Events page share one stream. */
export function useWarnings(contextName: string, namespaces: NamespaceChoice): LiveRows<EventRow> {
  const scope = namespaces === 'all' ? namespaces : [...namespaces].sort();
  return useRows<EventRow>(['warnings', contextName, scope], (client, signal) =>
    client.event.watchWarnings({ contextName, namespaces: scope }, { signal }),
  );
}
