import type { PodView } from '../../../shared/contract/pod.ts';
import type { Route } from '../../stores/route.ts';

export type DaemonSetRoute = Extract<Route, { readonly page: 'daemonSet' }>;

/** The page of the DaemonSet that a pod belongs to, and its uid; undefined for a pod of another owner. */
export function daemonSetOf(
  contextName: string,
  { row, details }: PodView,
): (DaemonSetRoute & { readonly uid: string }) | undefined {
  const owner = details?.owner;
  if (row === undefined || owner?.kind !== 'DaemonSet') return undefined;
  return { page: 'daemonSet', contextName, namespace: row.namespace, name: owner.name, uid: owner.uid };
}

/** The logs of this pod among those of its DaemonSet. */
export function logsRoute(contextName: string, view: PodView, container?: string): DaemonSetRoute | undefined {
  const owner = daemonSetOf(contextName, view);
  if (owner === undefined || view.row === undefined) return undefined;
  const { uid: _, ...place } = owner;
  return { ...place, tab: 'logs', pod: view.row.name, ...(container !== undefined && { container }) };
}
