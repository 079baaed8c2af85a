import { Button, Loader } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { KubeContextRow } from '../../../shared/contract/context.ts';
import type { AppErrorData } from '../../../shared/errors/app-error.ts';
import { assertNever } from '../../../shared/errors/assert-never.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { pagePart } from '../../components/page-part.tsx';
import { useOpenContext } from '../../live/open-context.ts';
import { useServices } from '../../live/services.ts';
import { useAction } from '../../live/use-action.ts';
import { useContexts } from '../../live/use-contexts.ts';
import { formatRoute } from '../../stores/route.ts';
import classes from './ContextGate.module.css';
import { LazyPluginSettings } from './LazyPluginSettings.tsx';
import { useStartDemo } from './use-start-demo.ts';

const { Part: PluginGate } = pagePart(async () => (await import('./PluginGate.tsx')).PluginGate);

export interface ContextGateProps {
  readonly contextName: string;
  readonly children: ReactNode;
}

/** Shows a page of a context when it is connected, else where the connection stands. A link alone never connects. */
export function ContextGate({ contextName, children }: ContextGateProps) {
  const { value, state } = useContexts();
  if (value === undefined) {
    if (state.phase === 'failed') return <ErrorPanel error={state.error} />;
    return <EmptyState title="Reading the kubeconfig…" />;
  }
  const context = value.contexts.find((candidate) => candidate.contextName === contextName);
  if (context === undefined) {
    return (
      <EmptyState title={`There is no context “${contextName}”`}>
        <span>No kubeconfig that is open here defines it.</span>
        <a href={formatRoute({ page: 'contexts' })}>All contexts</a>
      </EmptyState>
    );
  }
  if (context.problem !== undefined) return <Unopenable context={context} problem={context.problem} />;
  return <Connected context={context}>{children}</Connected>;
}

/** A demo cluster that has ended can be started again; anything else is mended in its kubeconfig. */
function Unopenable({ context, problem }: { readonly context: KubeContextRow; readonly problem: AppErrorData }) {
  const demo = useStartDemo();
  return (
    <ErrorPanel
      title={`${context.displayName} cannot be opened`}
      error={problem}
      onRetry={context.isDemo ? () => void demo.run() : undefined}
    />
  );
}

interface ConnectedProps {
  readonly context: KubeContextRow;
  readonly children: ReactNode;
}

/** The settings stay open when what is chosen in them changes the state beneath. */
function Connected({ context, children }: ConnectedProps) {
  const [settings, setSettings] = useState(false);
  return (
    <>
      <Connection context={context} onSettings={() => setSettings(true)}>
        {children}
      </Connection>
      {settings && <LazyPluginSettings onClose={() => setSettings(false)} />}
    </>
  );
}

function Connection({ context, children, onSettings }: ConnectedProps & { readonly onSettings: () => void }) {
  const open = useOpenContext();
  const { contextName, connection } = context;
  switch (connection.phase) {
    case 'closed':
      if (context.plugin?.approval === 'waiting')
        return <PluginGate context={context} plugin={context.plugin} onSettings={onSettings} />;
      return (
        <EmptyState title={`${context.displayName} is not connected`}>
          <span>{context.server}</span>
          <Button variant="filled" onClick={() => void open(contextName)}>
            Open
          </Button>
        </EmptyState>
      );
    case 'connecting':
      return <Connecting context={context} waitingFor={connection.waitingFor} />;
    case 'refused':
      return (
        <ErrorPanel error={connection.error} onRetry={() => void open(contextName)}>
          {context.plugin?.approval === 'denied' && <Button onClick={onSettings}>Credential plugins</Button>}
        </ErrorPanel>
      );
    case 'live':
    case 'stale':
      return children;
    default:
      return assertNever(connection);
  }
}

function Connecting({
  context,
  waitingFor,
}: {
  readonly context: KubeContextRow;
  readonly waitingFor?: string | undefined;
}) {
  const { client } = useServices();
  const close = useAction(() => client.context.close({ contextName: context.contextName }));
  return (
    <EmptyState title={`Connecting to ${context.displayName}…`}>
      <span className={classes.server}>{waitingFor === undefined ? context.server : `Waiting for ${waitingFor}`}</span>
      <Loader aria-hidden="true" />
      <Button onClick={() => void close.run()}>Cancel</Button>
    </EmptyState>
  );
}
