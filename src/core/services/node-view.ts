import type { ValueItem } from '../../shared/contract/live.ts';
import type { NodeView } from '../../shared/contract/node.ts';
import { at, text } from '../../shared/kubernetes/json-fields.ts';
import { nodeDetails } from '../../shared/kubernetes/node-details.ts';
import { toNodeRow } from '../../shared/kubernetes/node-row.ts';
import type { PodRow } from '../../shared/kubernetes/rows.ts';
import type { Lease, LiveRows } from '../live-rows.ts';
import type { LatestSource } from '../streams/latest-stream.ts';
import { filterLiveRows, joinLiveRows } from './live-views.ts';
import type { OpenCluster } from './open-cluster.ts';
import { clusterPath, namespacedPath } from './paths.ts';

/** Follows one node; another one of its name is said, never shown in its place unasked. */
export function nodeView(cluster: OpenCluster, name: string): LatestSource<ValueItem<NodeView>> {
  const lease = cluster.object({ path: clusterPath('core', 'nodes'), name });
  let firstUid: string | undefined;
  let last: Pick<NodeView, 'row' | 'details'> = {};
  function read(): ValueItem<NodeView> {
    const { state, object, gone } = lease.value;
    if (object === undefined && !gone) return firstUid === undefined ? { state } : { state, value: { ...last, gone } };
    const uid = object === undefined ? undefined : text(at(object, 'metadata', 'uid'));
    firstUid ??= uid;
    if (uid !== undefined && uid !== firstUid) return { state, value: { ...last, gone: true, replacedByUid: uid } };
    if (object !== undefined) last = { row: toNodeRow(object), details: nodeDetails(object) };
    return { state, value: { ...last, gone } };
  }
  return {
    read,
    subscribe: (listener: () => void) => lease.value.subscribe(listener),
    release: () => lease.release(),
  };
}

export type Namespaces = 'all' | readonly string[];

/** Pods on the node, and those that a daemon controller made for it and that are on no node yet. */
export function podsOnNode(cluster: OpenCluster, name: string, namespaces: Namespaces): Lease<LiveRows<PodRow>> {
  const paths =
    namespaces === 'all'
      ? [clusterPath('core', 'pods')]
      : [...new Set(namespaces)].map((namespace) => namespacedPath('core', namespace, 'pods'));
  const rows = (path: string, nodeName: string) =>
    cluster.rows({ resource: 'pods', path, query: { fieldSelector: `spec.nodeName=${nodeName}` } });
  const joined = joinLiveRows(paths.flatMap((path) => [rows(path, name), rows(path, '')]));
  return filterLiveRows(joined, (pod) => pod.nodeName === name || pod.targetNodeName === name);
}
