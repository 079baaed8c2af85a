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

/** The logs of this pod: among those of its DaemonSet, or its own where it has another owner. */
export function logsRoute(contextName: string, view: PodView, container?: string): Route | undefined {
  if (view.row === undefined) return undefined;
  const { namespace, name } = view.row;
  const shown = container === undefined ? {} : { container };
  const owner = daemonSetOf(contextName, view);
  if (owner === undefined) return { page: 'pod', contextName, namespace, name, tab: 'log', ...shown };
  const { uid: _, ...place } = owner;
  return { ...place, tab: 'logs', pod: name, ...shown };
}
