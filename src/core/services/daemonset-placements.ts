import type { ValueItem } from '../../shared/contract/live.ts';
import type { DaemonSetPlacement } from '../../shared/contract/node.ts';
import { at, records, text } from '../../shared/kubernetes/json-fields.ts';
import { placementOf } from '../../shared/kubernetes/placement.ts';
import type { LatestSource } from '../streams/latest-stream.ts';
import type { Namespaces } from './node-view.ts';
import type { OpenCluster } from './open-cluster.ts';
import { clusterPath, namespacedPath } from './paths.ts';
import { polledValue } from './polled-value.ts';

const EVERY_MS = 30_000;
const PAGE_SIZE = '250';

/**
 * Where the DaemonSets of these namespaces want to run, read anew every 30 s: templates change seldom, and a watch would keep
 * whole objects. After a failure the last answer stays, marked stale.
 */
export function daemonSetPlacements(
  cluster: OpenCluster,
  namespaces: Namespaces,
): LatestSource<ValueItem<readonly DaemonSetPlacement[]>> {
  return polledValue(cluster, {
    read: (signal) => readPlacements(cluster, namespaces, signal),
    pauseMs: () => EVERY_MS,
  });
}

async function readPlacements(
  cluster: OpenCluster,
  namespaces: Namespaces,
  signal: AbortSignal,
): Promise<readonly DaemonSetPlacement[]> {
  const paths =
    namespaces === 'all'
      ? [clusterPath('apps', 'daemonsets')]
      : [...new Set(namespaces)].map((namespace) => namespacedPath('apps', namespace, 'daemonsets'));
  const lists = await Promise.all(paths.map((path) => readList(cluster, path, signal)));
  return lists.flat();
}

async function readList(cluster: OpenCluster, path: string, signal: AbortSignal): Promise<DaemonSetPlacement[]> {
  const found: DaemonSetPlacement[] = [];
  let token: string | undefined;
  do {
    const query = { limit: PAGE_SIZE, continue: token };
    const { body } = await cluster.connection.get({ path, query, signal, priority: 'user' });
    const list: unknown = JSON.parse(new TextDecoder().decode(body));
    found.push(...records(at(list, 'items')).map(daemonSetPlacement));
    token = text(at(list, 'metadata', 'continue')) || undefined;
  } while (token !== undefined);
  return found;
}

function daemonSetPlacement(daemonSet: unknown): DaemonSetPlacement {
  return {
    uid: text(at(daemonSet, 'metadata', 'uid')),
    name: text(at(daemonSet, 'metadata', 'name')),
    namespace: text(at(daemonSet, 'metadata', 'namespace')),
    placement: placementOf(at(daemonSet, 'spec', 'template', 'spec')),
  };
}
