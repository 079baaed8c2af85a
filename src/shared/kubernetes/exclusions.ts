import { assertNever } from '../errors/assert-never.ts';
import type { NodeCoverage } from './coverage.ts';
import type { NodeRefusal, NodeVerdict } from './node-coverage.ts';
import { formatTaint } from './toleration.ts';

/** Nodes that are excluded for the same reason. */
export interface Exclusion {
  /** "taint dedicated=gpu:NoSchedule is not tolerated"; several are joined by "and". */
  readonly words: string;
  readonly count: number;
}

/** What keeps a DaemonSet from its excluded nodes, the most frequent first. Each node counts once, so the counts add up to all of them. */
export function exclusions(nodes: readonly NodeCoverage[]): readonly Exclusion[] {
  const counts = new Map<string, number>();
  for (const { nodeClass, verdict } of nodes) {
    if (nodeClass !== 'excluded') continue;
    const words = exclusionWords(verdict);
    counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  return [...counts]
    .map(([words, count]) => ({ words, count }))
    .toSorted((a, b) => b.count - a.count || (a.words < b.words ? -1 : 1));
}

/** Why a node is excluded without what is the node's own, so that it is the same for all that miss the same. */
export function exclusionWords(verdict: NodeVerdict): string {
  return verdict.outcome === 'shouldRun' ? '' : verdict.refusals.map(refusalKey).join(' and ');
}

function refusalKey(refusal: NodeRefusal): string {
  switch (refusal.kind) {
    case 'nodeName':
      return `nodeName wants ${refusal.wanted}`;
    case 'nodeSelector':
      return `nodeSelector ${refusal.key}=${refusal.wanted} is not met`;
    case 'nodeAffinity':
      return 'required node affinity is not met';
    case 'taint':
      return `taint ${formatTaint(refusal.taint)} is not tolerated`;
    default:
      return assertNever(refusal);
  }
}
