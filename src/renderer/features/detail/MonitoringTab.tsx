import { useCallback, useMemo } from 'react';
import { asObject, at } from '../../../shared/kubernetes/json-fields.ts';
import { usageBounds } from '../../../shared/kubernetes/pod-usage.ts';
import type { DaemonSetRow } from '../../../shared/kubernetes/rows.ts';
import { useObject } from '../../live/use-object.ts';
import { formatRoute } from '../../stores/route.ts';
import { type Bounds, MonitoringView } from '../monitoring/index.ts';

export interface MonitoringTabProps {
  readonly row: DaemonSetRow;
  readonly contextName: string;
}

/** CPU and memory of the pods, with what the pod template requests and allows. */
export function MonitoringTab({ row: { namespace, name, uid }, contextName }: MonitoringTabProps) {
  const { value } = useObject(contextName, { resource: 'daemonsets', namespace, name, uid });
  const jsonText = value?.jsonText;
  const bounds = useMemo((): Bounds | undefined => {
    if (jsonText === undefined) return undefined;
    const podSpec = asObject(at(JSON.parse(jsonText), 'spec', 'template', 'spec'));
    return { cpu: usageBounds(podSpec, 'cpu'), memory: usageBounds(podSpec, 'memory') };
  }, [jsonText]);
  const boundsOf = useCallback(() => bounds, [bounds]);
  const hrefOf = useCallback(
    (pod: string) => formatRoute({ page: 'pod', contextName, namespace, name: pod }),
    [contextName, namespace],
  );
  return <MonitoringView contextName={contextName} subject="Pod" bounds={bounds} boundsOf={boundsOf} hrefOf={hrefOf} />;
}
