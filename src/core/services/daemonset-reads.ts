import type { DaemonSetView } from '../../shared/contract/daemonset.ts';
import type { ValueItem } from '../../shared/contract/live.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { toDaemonSetRow } from '../../shared/kubernetes/daemonset-row.ts';
import { at } from '../../shared/kubernetes/json-fields.ts';
import type { ObjectRef } from '../../shared/kubernetes/object.ts';
import { placementOf } from '../../shared/kubernetes/placement.ts';
import type { DaemonSetRow, PodRow } from '../../shared/kubernetes/rows.ts';
import { formatLabelSelector } from '../../shared/kubernetes/selector.ts';
import type { Lease, LiveRows } from '../live-rows.ts';
import type { Target } from './daemonset-changes.ts';
import { filterLiveRows, joinLiveRows } from './live-views.ts';
import type { OpenCluster } from './open-cluster.ts';
import { clusterPath, namespacedPath } from './paths.ts';

export interface ListScope {
  readonly namespaces: 'all' | readonly string[];
  readonly labelSelector?: string | undefined;
}

/** DaemonSets of the whole cluster, or of several namespaces joined. */
export function daemonSetList(cluster: OpenCluster, scope: ListScope): Lease<LiveRows<DaemonSetRow>> {
  const query = scope.labelSelector ? { labelSelector: scope.labelSelector } : {};
  const paths =
    scope.namespaces === 'all'
      ? [clusterPath('apps', 'daemonsets')]
      : [...new Set(scope.namespaces)].map((namespace) => namespacedPath('apps', namespace, 'daemonsets'));
  return joinLiveRows(paths.map((path) => cluster.rows({ resource: 'daemonsets', path, query })));
}

/** Pods of one DaemonSet: its full selector, then the owner's uid. */
export async function podsOf(
  cluster: OpenCluster,
  target: Target,
  signal: AbortSignal,
): Promise<Lease<LiveRows<PodRow>>> {
  const labelSelector = await selectorOf(cluster, target, signal);
  const path = namespacedPath('core', target.namespace, 'pods');
  const lease = cluster.rows({ resource: 'pods', path, query: { labelSelector } });
  return filterLiveRows(lease, (row) => row.ownerUid === target.uid);
}

/** The selector is immutable for one uid, so one read of it serves as long as the pods are watched. */
export async function selectorOf(cluster: OpenCluster, target: Target, signal: AbortSignal): Promise<string> {
  const path = namespacedPath('apps', target.namespace, 'daemonsets', target.name);
  const response = await cluster.connection.get({ path, signal, priority: 'user' });
  const row = toDaemonSetRow(JSON.parse(new TextDecoder().decode(response.body)));
  if (row.uid === target.uid) return formatLabelSelector(row.selector);
  throw new AppError({
    reason: 'NotFound',
    message: `DaemonSet ${target.namespace}/${target.name} was deleted and made again; this page shows the former one.`,
    contextName: target.contextName,
  });
}

/** Follows one DaemonSet for the detail page: a namesake with another uid is said, never shown in its place unasked. */
export function daemonSetView(cluster: OpenCluster, ref: ObjectRef) {
  const lease = cluster.object({ path: namespacedPath('apps', ref.namespace, 'daemonsets'), name: ref.name });
  let firstUid: string | undefined;
  let last: Pick<DaemonSetView, 'row' | 'placement'> = {};
  function read(): ValueItem<DaemonSetView> {
    const { state, object, gone } = lease.value;
    const row = object === undefined ? undefined : toDaemonSetRow(object);
    if (row) firstUid ??= row.uid;
    const replacedByUid = row && row.uid !== firstUid ? row.uid : undefined;
    if (row && replacedByUid === undefined)
      last = { row, placement: placementOf(at(object, 'spec', 'template', 'spec')) };
    if (!row && !gone) return { state };
    return {
      state,
      value: {
        ...last,
        gone: gone || replacedByUid !== undefined,
        ...(replacedByUid === undefined ? {} : { replacedByUid }),
      },
    };
  }
  return {
    read,
    subscribe: (listener: () => void) => lease.value.subscribe(listener),
    release: () => lease.release(),
  };
}
