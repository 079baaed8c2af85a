import { ActionIcon } from '@mantine/core';
import type { ClusterInfo } from '../../../shared/contract/cluster.ts';
import type { KubeContextRow } from '../../../shared/contract/context.ts';
import { clockTime, connectionWords } from '../../components/context-tile.ts';
import { useDaemonSets } from '../../live/use-daemon-sets.ts';
import { isOpen } from '../../live/use-contexts.ts';
import { useNamespaceScope } from '../../live/use-namespace-scope.ts';
import { useWarnings } from '../../live/use-warnings.ts';
import { useValue } from '../../live/use-value.ts';
import { formatRoute } from '../../stores/route.ts';
import { useRoute } from '../../stores/use-route.ts';
import { ContextMenu } from './ContextMenu.tsx';
import { NamespaceFilter } from './NamespaceFilter.tsx';
import classes from './Sidebar.module.css';

/** The context shown: what it is, which namespaces are read, and its pages. */
export function Sidebar({ context }: { readonly context: KubeContextRow }) {
  return (
    <aside className={classes.sidebar} aria-label={`Context ${context.displayName}`}>
      <div className={classes.head}>
        <h2 className={classes.name} title={context.contextName}>
          {context.displayName}
        </h2>
        <ContextMenu context={context}>
          <ActionIcon aria-label="Context menu">⋯</ActionIcon>
        </ContextMenu>
      </div>
      {isOpen(context) ? (
        <OpenContext context={context} />
      ) : (
        <p className={classes.info}>{connectionWords(context.connection)}</p>
      )}
      <nav className={classes.pages} aria-label="Everynode">
        <a className={classes.page} href={formatRoute({ page: 'journal', only: context.contextName })}>
          Journal
        </a>
      </nav>
    </aside>
  );
}

function OpenContext({ context }: { readonly context: KubeContextRow }) {
  const { contextName } = context;
  const scope = useNamespaceScope(context);
  const daemonSets = useDaemonSets(contextName, scope.namespaces);
  const warnings = useWarnings(contextName, scope.namespaces);
  const info = useValue<ClusterInfo>(['clusterInfo', contextName], (client, signal) =>
    client.cluster.watchInfo({ contextName }, { signal }),
  );
  const page = useRoute().page;
  return (
    <>
      <p className={classes.info} title={info.value?.nodesUnknown}>
        {infoWords(info.value)}
        {info.state.phase === 'stale' && ` · as of ${clockTime(info.state.since)}`}
      </p>
      <NamespaceFilter context={context} scope={scope} />
      <nav className={classes.pages} aria-label="Resources">
        <a
          className={classes.page}
          href={formatRoute({ page: 'daemonSets', contextName, namespaces: scope.namespaces })}
          aria-current={page === 'daemonSets' ? 'page' : undefined}
          data-inside={page === 'daemonSet' || page === 'pod' || page === 'create'}
        >
          <span>DaemonSets</span>
          <span className={classes.count}>{daemonSets.rows.length > 0 && daemonSets.rows.length}</span>
        </a>
        <a
          className={classes.page}
          href={formatRoute({ page: 'nodes', contextName })}
          aria-current={page === 'nodes' ? 'page' : undefined}
          data-inside={page === 'node'}
        >
          <span>Nodes</span>
          <span className={classes.count}>{info.value?.nodes}</span>
        </a>
        <a
          className={classes.page}
          href={formatRoute({ page: 'events', contextName })}
          aria-current={page === 'events' ? 'page' : undefined}
        >
          <span>Events</span>
          <span className={classes.count} title="Warnings">
            {warnings.rows.length > 0 && warnings.rows.length}
          </span>
        </a>
      </nav>
    </>
  );
}

function counted(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`;
}

/** "v1.37.2 · 240 nodes · 3 zones"; what the user may not count is left out and said on hover. */
export function infoWords(info: ClusterInfo | undefined): string {
  if (info === undefined) return '…';
  const words = [info.serverVersion];
  if (info.nodes !== undefined) words.push(counted(info.nodes, 'node'));
  if (info.zones !== undefined && info.zones > 0) words.push(counted(info.zones, 'zone'));
  if (info.nodes === undefined && info.nodesUnknown !== undefined) words.push('nodes unknown');
  return words.join(' · ');
}
