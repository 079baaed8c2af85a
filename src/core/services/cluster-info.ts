import type { ClusterInfo } from '../../shared/contract/cluster.ts';
import type { ValueItem } from '../../shared/contract/live.ts';
import type { NamespaceRow, NodeRow } from '../../shared/kubernetes/rows.ts';
import type { Lease, LiveRows } from '../live-rows.ts';
import type { OpenCluster } from './open-cluster.ts';
import { clusterPath } from './paths.ts';

const ZONE = 'topology.kubernetes.io/zone';

/** Version, user, and how many nodes in how many zones: what the sidebar says of a cluster. Follows the nodes. */
export function clusterInfo(cluster: OpenCluster) {
  const nodes = cluster.rows({ resource: 'nodes', path: clusterPath('core', 'nodes') });
  function read(): ValueItem<ClusterInfo> {
    const { state, rows } = nodes.value;
    const { serverVersion, userName } = cluster.identity();
    const about = { serverVersion, ...(userName === undefined ? {} : { userName }) };
    // Without the right to list nodes the rest still holds: it is said, and nothing else fails for it.
    if (state.phase === 'failed') {
      return {
        state: { phase: 'live', since: cluster.clock.now() },
        value: { ...about, nodesUnknown: state.error.message },
      };
    }
    if (state.phase === 'connecting') return { state, value: about };
    return { state, value: { ...about, nodes: rows.size, zones: countZones(rows) } };
  }
  return {
    read,
    subscribe: (listener: () => void) => nodes.value.subscribe(listener),
    release: () => nodes.release(),
  };
}

function countZones(rows: ReadonlyMap<string, NodeRow>): number {
  const zones = new Set<string>();
  for (const node of rows.values()) {
    const zone = node.labels[ZONE];
    if (zone) zones.add(zone);
  }
  return zones.size;
}

export function nodes(cluster: OpenCluster): Lease<LiveRows<NodeRow>> {
  return cluster.rows({ resource: 'nodes', path: clusterPath('core', 'nodes') });
}

export function namespaces(cluster: OpenCluster): Lease<LiveRows<NamespaceRow>> {
  return cluster.rows({ resource: 'namespaces', path: clusterPath('core', 'namespaces') });
}
