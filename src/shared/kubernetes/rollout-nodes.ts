import type { PodRow } from './rows.ts';

/** Pods of one node that stay (the controller does not see those on their way out), by revision. */
export interface NodePods {
  readonly nodeName: string;
  readonly newPods: readonly PodRow[];
  readonly oldPods: readonly PodRow[];
  /** Have a deletionTimestamp. */
  readonly leavingPods: readonly PodRow[];
}

/** Where a pod runs, or is to run; undefined for one that no controller has placed. */
export function nodeOf(pod: PodRow): string | undefined {
  return pod.nodeName ?? pod.targetNodeName;
}

/** Ready for at least minReadySeconds (podutil.IsPodAvailable, 1.37). `now` in milliseconds since 1970. */
export function isAvailable(pod: PodRow, minReadySeconds: number, now: number): boolean {
  if (!pod.ready) return false;
  if (minReadySeconds === 0) return true;
  return pod.readySince !== undefined && Date.parse(pod.readySince) + minReadySeconds * 1000 <= now;
}

/** A DaemonSet's pods by node, sorted by its name; pods without a node are left out. A pod is new when its hash is `currentHash`. */
export function podsByNode(pods: readonly PodRow[], currentHash: string): readonly NodePods[] {
  const byNode = new Map<string, { newPods: PodRow[]; oldPods: PodRow[]; leavingPods: PodRow[] }>();
  for (const pod of pods) {
    const nodeName = nodeOf(pod);
    if (nodeName === undefined) continue;
    const node = byNode.get(nodeName) ?? { newPods: [], oldPods: [], leavingPods: [] };
    byNode.set(nodeName, node);
    if (pod.deletionTimestamp !== undefined) node.leavingPods.push(pod);
    else (pod.revisionHash === currentHash ? node.newPods : node.oldPods).push(pod);
  }
  return [...byNode]
    .map(([nodeName, node]) => ({ nodeName, ...node }))
    .toSorted((a, b) => (a.nodeName < b.nodeName ? -1 : 1));
}
