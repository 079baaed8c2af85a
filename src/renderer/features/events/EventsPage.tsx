import type { KubeContextRow } from '../../../shared/contract/context.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { ReadTrouble } from '../../components/ReadTrouble.tsx';
import { useKubeContext } from '../../live/use-contexts.ts';
import { useDaemonSets } from '../../live/use-daemon-sets.ts';
import { namespaceWords, useNamespaceScope } from '../../live/use-namespace-scope.ts';
import { useReadNow } from '../../live/use-read-now.ts';
import { useWarnings } from '../../live/use-warnings.ts';
import { EventList } from './EventList.tsx';
import classes from './EventList.module.css';

/** What goes wrong in the chosen namespaces. */
export function EventsPage({ contextName }: { readonly contextName: string }) {
  const context = useKubeContext(contextName);
  return context === undefined ? null : <Warnings context={context} />;
}

function Warnings({ context }: { readonly context: KubeContextRow }) {
  const { contextName } = context;
  const { namespaces } = useNamespaceScope(context);
  const warnings = useWarnings(contextName, namespaces);
  const daemonSets = useDaemonSets(contextName, namespaces);
  const readNow = useReadNow(contextName, warnings.retry);
  const { state, rows } = warnings;
  const where = namespaceWords(namespaces);
  if (state.phase === 'failed' && rows.length === 0) {
    return <ErrorPanel error={state.error} onRetry={readNow} title={`The events of ${where} cannot be read`} />;
  }
  return (
    <EventList
      contextName={contextName}
      isPage
      events={rows}
      daemonSets={daemonSets.rows}
      withTypes={false}
      state={
        <>
          <span className={classes.muted}>warnings of {where}</span>
          <ReadTrouble subject="Events" state={state} onNow={readNow} />
        </>
      }
      none={<EmptyState title={state.phase === 'live' ? `No warnings in ${where}` : 'Reading the events…'} />}
    />
  );
}
