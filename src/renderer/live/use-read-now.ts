import { useCallback } from 'react';
import { useServices } from './services.ts';
import { useAction } from './use-action.ts';

/** "Now": every read of the context that waits has its next try at once, and then the one that `retry` is of is opened anew. */
export function useReadNow(contextName: string, retry?: () => void): () => void {
  const { client } = useServices();
  // What it fails with is the state that it was pressed for, and stands there already.
  const { run } = useAction((_: void, signal) => client.context.reconnect({ contextName }, { signal }));
  return useCallback(() => {
    void run().then(retry);
  }, [run, retry]);
}
