import { useEffect, useState } from 'react';
import type { DaemonSetCause } from '../../../shared/contract/daemonset.ts';
import { wantsCause } from '../../../shared/kubernetes/daemonset.ts';
import type { DaemonSetRow } from '../../../shared/kubernetes/rows.ts';
import { useServices } from '../../live/services.ts';
import { useNow } from '../../live/use-now.ts';

const EVERY_MS = 5000;

/** Why this DaemonSet is not rolled out, asked anew every few seconds while it is not. */
export function useCause(contextName: string, row: DaemonSetRow | undefined): DaemonSetCause | undefined {
  const { client } = useServices();
  const tick = useNow(EVERY_MS);
  const [cause, setCause] = useState<DaemonSetCause>();
  const wanted = row !== undefined && wantsCause(row);
  const { namespace = '', name = '', uid = '' } = row ?? {};
  useEffect(() => {
    if (!wanted) {
      setCause(undefined);
      return undefined;
    }
    const controller = new AbortController();
    client.daemonSet
      .causes({ contextName, targets: [{ namespace, name, uid }] }, { signal: controller.signal })
      .then(([answer]) => {
        if (!controller.signal.aborted) setCause(answer);
      })
      .catch(() => {
        // Pods or events may not be readable: the status itself is shown, only its cause is missing.
        if (!controller.signal.aborted) setCause(undefined);
      });
    return () => controller.abort();
  }, [client, contextName, namespace, name, uid, wanted, tick]);
  return cause;
}
