import type { NodeDaemonSet, NodeDaemonSetState } from '../../../shared/kubernetes/node-daemonsets.ts';
import { labelOf } from '../../../shared/kubernetes/label-requirement.ts';
import type { NodeRow } from '../../../shared/kubernetes/rows.ts';
import type { Tone } from '../../components/StatusBadge.tsx';

export function zoneOf(node: NodeRow): string | undefined {
  return labelOf(node.labels, 'topology.kubernetes.io/zone');
}

/** "dedicated=gpu:NoSchedule". */
export function taintWords({ key, value, effect }: NodeRow['taints'][number]): string {
  return `${key}${value === undefined ? '' : `=${value}`}:${effect}`;
}

export const STATE_WORDS: Readonly<Record<NodeDaemonSetState, { readonly words: string; readonly tone: Tone }>> = {
  missing: { words: 'Missing', tone: 'bad' },
  waiting: { words: 'Pending', tone: 'warn' },
  notReady: { words: 'Not ready', tone: 'bad' },
  extra: { words: 'Runs, should not', tone: 'warn' },
  runs: { words: 'Runs', tone: 'good' },
  excluded: { words: 'Excluded', tone: 'quiet' },
};

/** "4 of 5 ready · 1 excluded". */
export function coverageWords(daemonSets: readonly NodeDaemonSet[]): string {
  const excluded = daemonSets.filter(({ state }) => state === 'excluded').length;
  const ready = daemonSets.filter(({ state }) => state === 'runs').length;
  const wanted = `${ready} of ${daemonSets.length - excluded} ready`;
  return excluded === 0 ? wanted : `${wanted} · ${excluded} excluded`;
}
