import { useServices } from '../../live/services.ts';
import { type Action, useAction } from '../../live/use-action.ts';
import { useOpenContext } from '../../live/open-context.ts';
import { thrownErrorData } from '../../live/thrown-error.ts';
import { notify } from '../../stores/notices.ts';
import { navigate } from '../../stores/use-route.ts';

const START_DEADLINE_MS = 30_000;

/** Starts the demo cluster when it does not run, opens its context and shows it. */
export function useStartDemo(): Action<void> {
  const { client } = useServices();
  const open = useOpenContext();
  return useAction(async () => {
    try {
      const { contextName } = await client.demo.start({}, { context: { deadlineMs: START_DEADLINE_MS } });
      navigate({ page: 'daemonSets', contextName });
      await open(contextName);
    } catch (thrown) {
      notify({ title: 'The demo cluster did not start', message: thrownErrorData(thrown).message, tone: 'bad' });
      throw thrown;
    }
  });
}
