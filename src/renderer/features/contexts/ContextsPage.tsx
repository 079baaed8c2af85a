import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { useContexts } from '../../live/use-contexts.ts';
import classes from './ContextsPage.module.css';
import { ContextTable } from './ContextTable.tsx';
import { Problems } from './Problems.tsx';
import { Sources } from './Sources.tsx';
import { Welcome } from './Welcome.tsx';

/** All contexts with their files, or, where there are none, how to begin. */
export function ContextsPage() {
  const { value, state, retry } = useContexts();
  if (value === undefined) {
    if (state.phase === 'failed') return <ErrorPanel error={state.error} onRetry={retry} />;
    return <EmptyState title="Reading the kubeconfig…" />;
  }
  if (value.contexts.length === 0) return <Welcome view={value} />;
  return (
    <div className={classes.page}>
      <h1 className={classes.title}>Contexts</h1>
      <ContextTable contexts={value.contexts} currentContext={value.currentContext} />
      <Problems view={value} />
      <Sources sources={value.sources} />
    </div>
  );
}
