import { Button } from '@mantine/core';
import { useState } from 'react';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { useAtFirstSign } from '../../live/use-at-first-sign.ts';
import { useContexts } from '../../live/use-contexts.ts';
import { formatRoute } from '../../stores/route.ts';
import classes from './ContextsPage.module.css';
import { ContextTable } from './ContextTable.tsx';
import { LazyKubeconfigDialog, prepareKubeconfigDialog } from './LazyKubeconfigDialog.tsx';
import { LazyPluginSettings } from './LazyPluginSettings.tsx';
import { Problems } from './Problems.tsx';
import { Sources } from './Sources.tsx';
import { useStartDemo } from './use-start-demo.ts';
import { Welcome, type WelcomeProps } from './Welcome.tsx';

/** All contexts with their files, or, where there are none, how to begin. */
export function ContextsPage() {
  const { value, state, retry } = useContexts();
  const [opened, setOpened] = useState(false);
  const demo = useStartDemo();
  // Not by itself: with --demo this page is a moment before the first rows.
  useAtFirstSign(prepareKubeconfigDialog);
  if (value === undefined) {
    if (state.phase === 'failed') return <ErrorPanel error={state.error} onRetry={retry} />;
    return <EmptyState title="Reading the kubeconfig…" />;
  }
  const open = () => setOpened(true);
  return (
    <>
      {value.contexts.length === 0 ? (
        <Welcome view={value} demo={demo} onOpenKubeconfig={open} />
      ) : (
        <Contexts view={value} demo={demo} onOpenKubeconfig={open} />
      )}
      {/* Here, so that it outlives the page that opened it: its first context ends the welcome. */}
      {opened && <LazyKubeconfigDialog way="path" onClose={() => setOpened(false)} />}
    </>
  );
}

function Contexts({ view, demo, onOpenKubeconfig }: WelcomeProps) {
  const [settings, setSettings] = useState(false);
  return (
    <div className={classes.page}>
      <div className={classes.head}>
        <h1 className={classes.title}>Contexts</h1>
        <div className={classes.actions}>
          {!view.contexts.some((context) => context.isDemo && context.problem === undefined) && (
            <Button onClick={() => void demo.run()} loading={demo.state.phase === 'running'}>
              Open the demo cluster
            </Button>
          )}
          <Button component="a" href={formatRoute({ page: 'journal' })}>
            Journal
          </Button>
          <Button onClick={() => setSettings(true)}>Credential plugins</Button>
          <Button onClick={onOpenKubeconfig}>Open a kubeconfig</Button>
        </div>
      </div>
      {settings && <LazyPluginSettings onClose={() => setSettings(false)} />}
      <ContextTable contexts={view.contexts} currentContext={view.currentContext} />
      <Problems view={view} />
      <Sources sources={view.sources} />
    </div>
  );
}
