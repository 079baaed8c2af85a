import type { ControllerRevisionRow } from '../../shared/contract/daemonset.ts';
import type { ValueItem } from '../../shared/contract/live.ts';
import { toAppErrorData } from '../../shared/errors/app-error.ts';
import { at, records, text, wholeNumber } from '../../shared/kubernetes/json-fields.ts';
import type { LatestSource } from '../streams/latest-stream.ts';
import type { Target } from './daemonset-changes.ts';
import { selectorOf } from './daemonset-reads.ts';
import type { OpenCluster } from './open-cluster.ts';
import { namespacedPath } from './paths.ts';

type Item = ValueItem<readonly ControllerRevisionRow[]>;

/** Follows the revisions of one DaemonSet: a new one exists once the controller has observed the generation that made it. */
export function revisionsView(cluster: OpenCluster, target: Target): LatestSource<Item> {
  const path = namespacedPath('apps', target.namespace, 'daemonsets');
  const lease = cluster.object({ path, name: target.name });
  const ended = new AbortController();
  const listeners = new Set<() => void>();
  let seen: string | undefined;
  let item: Item = { state: { phase: 'connecting' } };

  function tell(next: Item): void {
    item = next;
    for (const listener of listeners) listener();
  }
  async function readAgain(version: string): Promise<void> {
    try {
      const value = await readRevisions(cluster, target, ended.signal);
      if (seen === version) tell({ state: lease.value.state, value });
    } catch (error) {
      if (ended.signal.aborted) return;
      seen = undefined;
      tell({ ...item, state: { phase: 'failed', error: toAppErrorData(error) } });
    }
  }
  function follow(): void {
    const { state, object } = lease.value;
    const version = JSON.stringify([at(object, 'metadata', 'generation'), at(object, 'status', 'observedGeneration')]);
    tell({ ...item, state });
    if (object === undefined || version === seen) return;
    seen = version;
    void readAgain(version);
  }

  const end = lease.value.subscribe(follow);
  follow();
  return {
    read: () => item,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    release() {
      ended.abort();
      end();
      lease.release();
    },
  };
}

/** Revisions whose owner is this uid, newest first. */
async function readRevisions(
  cluster: OpenCluster,
  target: Target,
  signal: AbortSignal,
): Promise<readonly ControllerRevisionRow[]> {
  const labelSelector = await selectorOf(cluster, target, signal);
  const path = namespacedPath('apps', target.namespace, 'controllerrevisions');
  const response = await cluster.connection.get({ path, query: { labelSelector }, signal, priority: 'user' });
  const body: unknown = JSON.parse(new TextDecoder().decode(response.body));
  return records(at(body, 'items'))
    .filter((item) => records(at(item, 'metadata', 'ownerReferences')).some((owner) => owner['uid'] === target.uid))
    .map((item) => ({
      uid: text(at(item, 'metadata', 'uid')),
      name: text(at(item, 'metadata', 'name')),
      revision: wholeNumber(item['revision']) ?? 0,
      hash: text(at(item, 'metadata', 'labels', 'controller-revision-hash')),
      creationTimestamp: text(at(item, 'metadata', 'creationTimestamp')),
    }))
    .toSorted((a, b) => b.revision - a.revision);
}
