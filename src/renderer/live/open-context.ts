import { useCallback } from 'react';
import { errorTitle } from '../components/error-words.ts';
import { notify } from '../stores/notices.ts';
import { useServices } from './services.ts';
import { thrownErrorData } from './thrown-error.ts';

/** Contacts a cluster, by the user's own act. What the cluster answers shows as the context's connection. */
export function useOpenContext(): (contextName: string) => Promise<void> {
  const { client } = useServices();
  return useCallback(
    async (contextName) => {
      try {
        await client.context.open({ contextName });
      } catch (thrown) {
        const error = thrownErrorData(thrown);
        // A cluster's refusal is shown by the page of the context; these never became one.
        if (['Disconnected', 'ContractViolation', 'Bug', 'HostLacks'].includes(error.reason)) {
          notify({ title: errorTitle(error.reason), message: error.message, tone: 'bad' });
        }
      }
    },
    [client],
  );
}
