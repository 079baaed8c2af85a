import type { Timer } from '../../shared/clock.ts';
import type { ValueItem } from '../../shared/contract/live.ts';
import type { DaemonSetPlacement } from '../../shared/contract/node.ts';
import { toAppErrorData } from '../../shared/errors/app-error.ts';
import { at, isObject, records, text } from '../../shared/kubernetes/json-fields.ts';
import type { PodPlacement } from '../../shared/kubernetes/node-coverage.ts';
import type { LatestSource } from '../streams/latest-stream.ts';
import type { Namespaces } from './node-view.ts';
import type { OpenCluster } from './open-cluster.ts';
import { clusterPath, namespacedPath } from './paths.ts';

const EVERY_MS = 30_000;
const PAGE_SIZE = '250';

type Item = ValueItem<readonly DaemonSetPlacement[]>;

/**
 * Where the DaemonSets of these namespaces want to run, read anew every 30 s: templates change seldom, and a watch would keep
 * whole objects. After a failure the last answer stays, marked stale.
 */
export function daemonSetPlacements(cluster: OpenCluster, namespaces: Namespaces): LatestSource<Item> {
  const ended = new AbortController();
  const listeners = new Set<() => void>();
  let item: Item = { state: { phase: 'connecting' } };
  let timer: Timer;

  async function readAll(): Promise<void> {
    try {
      const value = await readPlacements(cluster, namespaces, ended.signal);
      item = { state: { phase: 'live', since: cluster.clock.now() }, value };
    } catch (error) {
      if (ended.signal.aborted) return;
      const since = item.state.phase === 'stale' ? item.state.since : cluster.clock.now();
      const failure = { error: toAppErrorData(error), retryAt: cluster.clock.now() + EVERY_MS };
      item = { ...item, state: item.value ? { phase: 'stale', since, ...failure } : { phase: 'failed', ...failure } };
    }
    for (const listener of listeners) listener();
    if (!ended.signal.aborted) timer = cluster.clock.setTimeout(() => void readAll(), EVERY_MS);
  }

  void readAll();
  return {
    read: () => item,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    release() {
      ended.abort();
      cluster.clock.clearTimeout(timer);
    },
  };
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
    found.push(...records(at(list, 'items')).map(placementOf));
    token = text(at(list, 'metadata', 'continue')) || undefined;
  } while (token !== undefined);
  return found;
}

function placementOf(daemonSet: unknown): DaemonSetPlacement {
  const spec = at(daemonSet, 'spec', 'template', 'spec');
  const { nodeName, nodeSelector, affinity, tolerations, hostNetwork } = isObject(spec) ? spec : {};
  const nodeAffinity = at(affinity, 'nodeAffinity');
  const placement = {
    ...(nodeName !== undefined && { nodeName }),
    ...(nodeSelector !== undefined && { nodeSelector }),
    ...(nodeAffinity !== undefined && { affinity: { nodeAffinity } }),
    ...(tolerations !== undefined && { tolerations }),
    ...(hostNetwork !== undefined && { hostNetwork }),
  };
  return {
    uid: text(at(daemonSet, 'metadata', 'uid')),
    name: text(at(daemonSet, 'metadata', 'name')),
    namespace: text(at(daemonSet, 'metadata', 'namespace')),
    // The server has validated these fields of the stored object.
    placement: placement as PodPlacement,
  };
}
