import type { NodeCoverage } from '../../../shared/kubernetes/coverage.ts';
import type { PodRow } from '../../../shared/kubernetes/rows.ts';
import { STATE_VIEW } from './node-looks.ts';

/** What is said of a node, line by line. */
export interface NodeWords {
  readonly name: string;
  readonly lines: readonly string[];
}

/** State, reason, pod and revision of a node. `revisionWords`: "#12". */
export function nodeWords(
  { node, state, isOld, why, pods: [first, ...more] }: NodeCoverage,
  revisionWords: (pod: PodRow) => string,
): NodeWords {
  const besides = more.length === 0 ? '' : ` and ${more.length} more`;
  const lines = [
    `${STATE_VIEW[state].words}${isOld ? ' · old revision' : ''}`,
    why,
    first && `pod ${first.pod.name}${besides}, revision ${revisionWords(first.pod)}`,
  ];
  return { name: node.name, lines: lines.filter((line) => line !== undefined) };
}
