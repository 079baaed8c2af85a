import type { PodRow } from '../../../shared/kubernetes/rows.ts';
import type { PodRevision } from './revision-names.ts';

/** Pods that hold every word of the filter in their name, status, node, an address or their revision. */
export function filterPods(
  pods: readonly PodRow[],
  filter: string,
  revisionOf: (pod: PodRow) => PodRevision,
): readonly PodRow[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return pods;
  return pods.filter((pod) => {
    const revision = revisionOf(pod);
    const fields = [pod.name, pod.reason, pod.nodeName, pod.hostIP, pod.podIP, revision.words, revision.isOld && 'old'];
    const text = fields.filter(Boolean).join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
