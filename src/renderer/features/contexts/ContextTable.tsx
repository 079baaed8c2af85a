import { Button } from '@mantine/core';
import type { KubeContextRow } from '../../../shared/contract/context.ts';
import { connectionDot, connectionWords } from '../../components/context-tile.ts';
import { StateDot } from '../../components/StateDot.tsx';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { useServices } from '../../live/services.ts';
import { useAction } from '../../live/use-action.ts';
import classes from './ContextsPage.module.css';
import { useSwitchContext } from './use-switch-context.ts';

export interface ContextTableProps {
  readonly contexts: readonly KubeContextRow[];
  readonly currentContext: string | undefined;
}

/** Every context of every file, also the hidden, shadowed and bad ones. */
export function ContextTable({ contexts, currentContext }: ContextTableProps) {
  return (
    <div className={classes.card}>
      <table className={classes.table} aria-label="Contexts">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">State</th>
            <th scope="col">Server</th>
            <th scope="col">Namespace</th>
            <th scope="col">File</th>
            <th scope="col" aria-label="Actions" />
          </tr>
        </thead>
        <tbody>
          {contexts.map((context) => (
            <ContextRow
              key={context.contextName}
              context={context}
              isCurrent={context.contextName === currentContext}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ContextRow({ context, isCurrent }: { readonly context: KubeContextRow; readonly isCurrent: boolean }) {
  const switchTo = useSwitchContext();
  const { client } = useServices();
  const show = useAction(() => client.context.setPreferences({ contextName: context.contextName, hidden: false }));
  return (
    <tr>
      <td>
        <button type="button" className={classes.name} onClick={() => switchTo(context)}>
          {context.displayName}
        </button>
        {context.displayName !== context.contextName && <span className={classes.second}>{context.contextName}</span>}
        {isCurrent && <span className={classes.second}>current-context</span>}
      </td>
      <td>
        <ContextState context={context} />
      </td>
      <td>
        {context.server}
        {context.user !== undefined && <span className={classes.second}>as {context.user}</span>}
        {context.insecureSkipTlsVerify && <StatusBadge tone="bad">insecure TLS</StatusBadge>}
      </td>
      <td>{context.namespace}</td>
      <td>
        {context.file}
        {context.shadowedBy !== undefined && <span className={classes.second}>shadowed by {context.shadowedBy}</span>}
      </td>
      <td>
        <div className={classes.actions}>
          {context.hidden && <Button onClick={() => void show.run()}>Show</Button>}
          {context.problem === undefined && (
            <Button onClick={() => switchTo(context)} aria-label={`Open ${context.displayName}`}>
              Open
            </Button>
          )}
        </div>
      </td>
    </tr>
  );
}

function ContextState({ context }: { readonly context: KubeContextRow }) {
  const { connection, plugin } = context;
  const waits = connection.phase === 'closed' && plugin?.approval === 'waiting';
  const state = waits ? 'waits for approval' : connectionWords(connection);
  const words = context.problem === undefined ? state : 'cannot be opened';
  const error = connection.phase === 'refused' || connection.phase === 'stale' ? connection.error : undefined;
  return (
    <>
      <span className={classes.state}>
        <StateDot dot={connectionDot(context)} />
        {words}
      </span>
      {context.problem !== undefined && <span className={classes.bad}>{context.problem.message}</span>}
      {connection.phase === 'live' && <span className={classes.second}>{connection.serverVersion}</span>}
      {error !== undefined && <span className={classes.second}>{error.message}</span>}
      {context.guardLevel === 'read-only' && <span className={classes.second}>read-only</span>}
      {context.hidden && <span className={classes.second}>hidden from the rail</span>}
    </>
  );
}
