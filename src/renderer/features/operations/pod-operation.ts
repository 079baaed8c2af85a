import type { AccessCheck } from '../../../shared/contract/cluster.ts';

/** What can be done with a pod, in the order of its menus. */
export const POD_OPERATIONS = ['evict', 'delete'] as const;
export type PodOperation = (typeof POD_OPERATIONS)[number];

export interface PodTarget {
  readonly contextName: string;
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
}

export const POD_WORDS: Readonly<Record<PodOperation, string>> = { evict: 'Evict', delete: 'Delete' };

export function podCheck(operation: PodOperation, namespace: string): AccessCheck {
  const about = { group: '', resource: 'pods', namespace };
  return operation === 'evict' ? { ...about, verb: 'create', subresource: 'eviction' } : { ...about, verb: 'delete' };
}
