import { ErrorBoundary } from '../../components/ErrorBoundary.tsx';
import { pagePart } from '../../components/page-part.tsx';
import { useWatched } from '../../stores/watched.ts';

// Most pages watch nothing, and what a rollout waits for is a good deal of code.
const { Part: WatchedRollout } = pagePart(async () => (await import('./WatchedRollout.tsx')).WatchedRollout, null);

/** Follows every watched rollout, whichever place the page shows. Shows nothing, but where it cannot follow one. */
export function RolloutWatcher() {
  return useWatched().map((target) => {
    const key = `${target.contextName} ${target.uid}`;
    return (
      <ErrorBoundary key={key} resetKey={key}>
        <WatchedRollout target={target} />
      </ErrorBoundary>
    );
  });
}
