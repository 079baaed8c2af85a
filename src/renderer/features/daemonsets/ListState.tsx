import { Button } from '@mantine/core';
import type { KubeContextRow } from '../../../shared/contract/context.ts';
import { assertNever } from '../../../shared/errors/assert-never.ts';
import { clockTime } from '../../components/context-tile.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { type NamespaceScope, namespaceWords } from '../../live/use-namespace-scope.ts';
import { useReadNow } from '../../live/use-read-now.ts';
import type { LiveRows } from '../../live/use-rows.ts';
import type { DaemonSetRow } from '../../../shared/kubernetes/rows.ts';

export interface ListStateProps {
  readonly context: KubeContextRow;
  readonly list: LiveRows<DaemonSetRow>;
  readonly scope: NamespaceScope;
  readonly isFiltered: boolean;
  readonly onClearFilter: () => void;
}

/** Why there are no rows: being read, none there, none that match, or refused. */
export function ListState({ context, list, scope, isFiltered, onClearFilter }: ListStateProps) {
  const { state } = list;
  if (list.rows.length > 0 || (isFiltered && state.phase === 'live')) {
    return (
      <EmptyState title="No DaemonSet matches">
        <Button onClick={onClearFilter}>Clear filter and selector</Button>
      </EmptyState>
    );
  }
  switch (state.phase) {
    case 'connecting':
    case 'listing':
      return <EmptyState title="Reading DaemonSets…" />;
    case 'failed':
      return <Failed context={context} list={list} scope={scope} />;
    case 'live':
    case 'stale':
      return (
        <EmptyState title={`No DaemonSets in ${namespaceWords(scope.namespaces)}${asOf(state)}`}>
          {scope.namespaces !== 'all' && !scope.clusterForbidden && (
            <Button onClick={() => scope.choose('all')}>Show all namespaces</Button>
          )}
        </EmptyState>
      );
    default:
      return assertNever(state);
  }
}

function asOf(state: ListStateProps['list']['state']): string {
  return state.phase === 'stale' ? `, as of ${clockTime(state.since)}` : '';
}

/** A failed read; whoever may not list the whole cluster is offered a namespace. */
export function Failed({ context, list, scope }: Omit<ListStateProps, 'isFiltered' | 'onClearFilter'>) {
  const { state } = list;
  const readNow = useReadNow(context.contextName, list.retry);
  if (state.phase !== 'failed') return null;
  const own = context.namespace ?? 'default';
  const mayNarrow = state.error.reason === 'Forbidden' && scope.namespaces === 'all';
  return (
    <div style={{ padding: 16 }}>
      <ErrorPanel error={state.error} onRetry={readNow}>
        {mayNarrow && <Button onClick={() => scope.choose([own])}>Show namespace {own}</Button>}
      </ErrorPanel>
      {mayNarrow && <p>Or choose the namespaces that you may read in the sidebar.</p>}
    </div>
  );
}
