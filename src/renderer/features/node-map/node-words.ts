import type { NodeCoverage, NodePod } from '../../../shared/kubernetes/coverage.ts';
import type { PodRow } from '../../../shared/kubernetes/rows.ts';
import { STATE_VIEW } from './node-looks.ts';

/** What is said of a node, line by line. */
export interface NodeWords {
  readonly name: string;
  readonly lines: readonly string[];
}

const SHOWN_PODS = 4;

/** State, reason, and each pod of a node with its revision. `revisionWords`: "#12". */
export function nodeWords(
  { node, state, isOld, why, pods }: NodeCoverage,
  revisionWords: (pod: PodRow) => string,
): NodeWords {
  const lines = [
    `${STATE_VIEW[state].words}${isOld ? ' · old revision' : ''}`,
    why,
    ...pods.slice(0, SHOWN_PODS).map((each, index) => podLine(each, index, revisionWords)),
    pods.length > SHOWN_PODS ? `and ${pods.length - SHOWN_PODS} more pods` : undefined,
  ];
  return { name: node.name, lines: lines.filter((line) => line !== undefined) };
}

/** The state of the first is the node's own; of one that takes over it says how far it is. */
function podLine({ pod, state, words }: NodePod, index: number, revisionWords: (pod: PodRow) => string): string {
  const line = `pod ${pod.name}, revision ${revisionWords(pod)}`;
  return index === 0 ? line : `${line}, ${state === 'ready' ? 'ready' : (words ?? state)}`;
}
