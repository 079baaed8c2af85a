import { at, itemsAt, textAt } from './json-path.ts';
import { type JudgedCluster, NAMESPACE } from './judged-cluster.ts';
import type { WatchEvent } from './watch-reader.ts';

/** What a rolling update looked like from outside. */
export interface Observation {
  /** Most nodes at one time that had no available pod. */
  readonly mostUnavailable: number;
  /** Most nodes at one time that had a pod beside one that was not ready yet. */
  readonly mostSurging: number;
}

/**
 * Watches a DaemonSet's pods from before the change until the question says that it is over, and counts after each event. Every node of
 * the ring has an available pod at the start.
 */
export async function observeRollout(
  cluster: JudgedCluster,
  name: string,
  change: () => Promise<unknown>,
): Promise<Observation> {
  const path = `/api/v1/namespaces/${NAMESPACE}/pods?labelSelector=app%3D${name}`;
  const list = await cluster.get(path);
  const pods = new Map(itemsAt(list, 'items').map((pod) => [textAt(pod, 'metadata.name'), pod]));
  const old = new Set(pods.keys());
  let [mostUnavailable, mostSurging] = [0, 0];
  using watch = cluster.watch(`${path}&watch=true&resourceVersion=${textAt(list, 'metadata.resourceVersion')}`);
  await change();
  await watch.until((event: WatchEvent) => {
    const pod = textAt(event.object, 'metadata.name');
    if (event.type === 'DELETED') pods.delete(pod);
    else pods.set(pod, event.object);
    const alive = [...pods.values()].filter((each) => at(each, 'metadata.deletionTimestamp') === undefined);
    mostUnavailable = Math.max(mostUnavailable, cluster.ring.length - nodesOf(alive.filter(isPodReady)).size);
    mostSurging = Math.max(mostSurging, surgingNodes(alive));
    const replaced = alive.filter((each) => !old.has(textAt(each, 'metadata.name')) && isPodReady(each));
    return nodesOf(replaced).size === cluster.ring.length && pods.size === cluster.ring.length;
  });
  return { mostUnavailable, mostSurging };
}

/** A new pod that is ready is no surge any more: its old one may go in the same step in which the next are made. */
function surgingNodes(alive: readonly unknown[]): number {
  const waiting = nodesOf(alive.filter((pod) => !isPodReady(pod)));
  return [...waiting].filter((node) => alive.filter((pod) => nodesOf([pod]).has(node)).length > 1).length;
}

/** The node that the controller made the pod for: while a pod is not scheduled, its affinity names it. */
function nodesOf(pods: readonly unknown[]): ReadonlySet<string> {
  const terms = 'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms.0';
  return new Set(pods.map((pod) => textAt(pod, `${terms}.matchFields.0.values.0`)));
}

export function isPodReady(pod: unknown): boolean {
  return itemsAt(pod, 'status.conditions').some(
    (condition) => textAt(condition, 'type') === 'Ready' && textAt(condition, 'status') === 'True',
  );
}
