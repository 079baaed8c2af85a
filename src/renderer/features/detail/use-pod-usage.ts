import type { UsageSample } from '../../../shared/kubernetes/pod-usage.ts';
import type { DaemonSetRow } from '../../../shared/kubernetes/rows.ts';
import { type LiveValue, useValue } from '../../live/use-value.ts';

/** CPU and memory of the DaemonSet's pods, live. */
export function usePodUsage(contextName: string, { namespace, name, uid }: DaemonSetRow): LiveValue<UsageSample> {
  return useValue<UsageSample>(['podUsage', contextName, namespace, name, uid], (client, signal) =>
    client.metrics.watchPods({ contextName, namespace, name, uid }, { signal }),
  );
}
