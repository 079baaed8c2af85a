import { useCallback } from 'react';
import { usageBounds, type UsageSample } from '../../../shared/kubernetes/pod-usage.ts';
import { useValue } from '../../live/use-value.ts';
import { type Bounds, MonitoringView, UsageProvider } from '../monitoring/index.ts';
import type { PodTabProps } from './pod-tab.ts';

/** CPU and memory of the pod's containers, since the tab was opened. */
export function PodMonitoringTab({ contextName, view: { containers }, row: { namespace, name, uid } }: PodTabProps) {
  const samples = useValue<UsageSample>(['containerUsage', contextName, namespace, name, uid], (client, signal) =>
    client.metrics.watchContainers({ contextName, namespace, name }, { signal }),
  );
  const boundsOf = useCallback(
    (container: string): Bounds | undefined => {
      const found = containers.find((each) => each.name === container);
      if (found === undefined) return undefined;
      const podSpec = { containers: [{ resources: { requests: found.requests, limits: found.limits } }] };
      return { cpu: usageBounds(podSpec, 'cpu'), memory: usageBounds(podSpec, 'memory') };
    },
    [containers],
  );
  return (
    <UsageProvider key={uid} samples={samples}>
      <MonitoringView contextName={contextName} subject="Container" boundsOf={boundsOf} />
    </UsageProvider>
  );
}
