import type { PropagationPolicy } from '../../../shared/contract/daemonset.ts';
import { assertNever } from '../../../shared/errors/assert-never.ts';
import type { DaemonSetRow } from '../../../shared/kubernetes/rows.ts';

export const POLICIES: readonly PropagationPolicy[] = ['Background', 'Foreground', 'Orphan'];

export function policyWords(policy: PropagationPolicy): string {
  switch (policy) {
    case 'Background':
      return 'The DaemonSet goes at once, its pods and revisions after it.';
    case 'Foreground':
      return 'Its pods and revisions go first; the DaemonSet stays visible until they are gone.';
    case 'Orphan':
      return 'Only the DaemonSet goes. Its pods go on running and its revisions stay, without an owner; a pod that ends is not replaced.';
    default:
      return assertNever(policy);
  }
}

type Counts = Pick<DaemonSetRow, 'current' | 'misscheduled'>;

/** Pods that go with it: also those on nodes where it should not run. The status counts nodes, and each has one. */
export function podsOf({ current, misscheduled }: Counts): number {
  return current + misscheduled;
}

/** "48 pods on at least 24 nodes": how many nodes two DaemonSets share, their status does not say. */
export function podsWords(rows: readonly Counts[]): string {
  const counts = rows.map(podsOf).filter((count) => count > 0);
  const pods = counts.reduce((sum, count) => sum + count, 0);
  const nodes = Math.max(0, ...counts);
  const where = `${counts.length > 1 ? 'at least ' : ''}${nodes} ${nodes === 1 ? 'node' : 'nodes'}`;
  return pods === 0 ? 'no pods' : `${pods} ${pods === 1 ? 'pod' : 'pods'} on ${where}`;
}
