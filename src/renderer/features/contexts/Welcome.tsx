import { Button } from '@mantine/core';
import type { ContextsView } from '../../../shared/contract/context.ts';
import type { Action } from '../../live/use-action.ts';
import classes from './ContextsPage.module.css';
import { Problems } from './Problems.tsx';
import { sourceWords } from './Sources.tsx';

export interface WelcomeProps {
  readonly view: ContextsView;
  readonly demo: Action<void>;
  readonly onOpenKubeconfig: () => void;
}

/** The first run: no context was found. */
export function Welcome({ view, demo, onOpenKubeconfig }: WelcomeProps) {
  return (
    <div className={classes.welcome}>
      <h1>Welcome to Everynode</h1>
      <p>No kubeconfig with a context was found. Begin with one of these:</p>
      <section className={classes.choice}>
        <h2>Demo cluster</h2>
        <p>A cluster of 24 nodes in three zones that runs on this machine, with DaemonSets in different states.</p>
        <Button variant="filled" onClick={() => void demo.run()} loading={demo.state.phase === 'running'}>
          Open the demo cluster
        </Button>
      </section>
      <section className={classes.choice}>
        <h2>Your own clusters</h2>
        <p>Open a kubeconfig by its path, upload it, or paste it. No cluster is contacted before you open it.</p>
        <Button onClick={onOpenKubeconfig}>Open a kubeconfig</Button>
      </section>
      {view.sources.length > 0 && (
        <section aria-label="Files that were looked for">
          <p>These files were looked for:</p>
          <ul className={classes.looked}>
            {view.sources.map((source) => (
              <li key={source.sourceId}>
                {source.file}{' '}
                <span
                  className={classes.second}
                >{`${sourceWords(source)}, ${source.found ? 'found' : 'not found'}`}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <Problems view={view} />
    </div>
  );
}
