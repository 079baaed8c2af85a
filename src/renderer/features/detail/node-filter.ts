import type { NodeCoverage, NodeState } from '../../../shared/kubernetes/coverage.ts';
import { type Exclusion, exclusions, exclusionWords } from '../../../shared/kubernetes/exclusions.ts';
import { STATE_VIEW } from '../node-map/index.ts';

/** Kinds of nodes that the Nodes tab tells apart, as the URL names them. */
export const NODE_KINDS = ['runs', 'pending', 'missing', 'extra', 'excluded'] as const;
export type NodeKind = (typeof NODE_KINDS)[number];

const KIND_WORDS: Readonly<Record<NodeKind, string>> = {
  runs: 'Runs',
  pending: 'Pending',
  missing: 'Should run, does not',
  extra: 'Runs, should not',
  excluded: 'Excluded',
};

const REASON = 'excluded:';

export function kindOf(state: NodeState): NodeKind {
  return state === 'pending' || state === 'missing' || state === 'extra' || state === 'excluded' ? state : 'runs';
}

/** What `show` is in the URL for nodes that are excluded for this reason. */
export function showReason({ words }: Exclusion): string {
  return `${REASON}${words}`;
}

/** One choice of which nodes are shown. */
export interface NodeChoice {
  readonly value: string;
  readonly label: string;
}

/** All, the kinds that there are with their counts, and each reason of exclusion. `shown` is among them even when no node is left of it. */
export function nodeChoices(nodes: readonly NodeCoverage[], shown: string): readonly NodeChoice[] {
  const counts = new Map<NodeKind, number>();
  for (const { state } of nodes) counts.set(kindOf(state), (counts.get(kindOf(state)) ?? 0) + 1);
  const choices: readonly NodeChoice[] = [
    { value: '', label: `All nodes (${nodes.length})` },
    ...NODE_KINDS.map((kind) => ({ value: kind, label: `${KIND_WORDS[kind]} (${counts.get(kind) ?? 0})` })),
    ...exclusions(nodes).map((reason) => ({
      value: showReason(reason),
      label: `Excluded: ${reason.words} (${reason.count})`,
    })),
  ];
  if (choices.some(({ value }) => value === shown)) return choices;
  return [...choices, { value: shown, label: `${shown.replace(REASON, 'Excluded: ')} (0)` }];
}

export interface NodeFilter {
  /** A kind, a reason of exclusion, or all. */
  readonly show: string;
  readonly text: string;
  readonly revisionWords: (entry: NodeCoverage) => string;
}

/** Nodes of the kind that hold every word of the text in their name, state, reason, pod, revision or a label. */
export function filterNodes(
  nodes: readonly NodeCoverage[],
  { show, text, revisionWords }: NodeFilter,
): readonly NodeCoverage[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return nodes.filter((entry) => isShown(entry, show) && holds(entry, words, revisionWords));
}

function isShown({ state, verdict }: NodeCoverage, show: string): boolean {
  if (show === '') return true;
  if (show.startsWith(REASON)) return state === 'excluded' && exclusionWords(verdict) === show.slice(REASON.length);
  return kindOf(state) === show;
}

function holds(entry: NodeCoverage, words: readonly string[], revisionWords: NodeFilter['revisionWords']): boolean {
  if (words.length === 0) return true;
  const { node, state, isOld, why, pods } = entry;
  const labels = Object.entries(node.labels).map(([key, value]) => `${key}=${value}`);
  const fields = [node.name, STATE_VIEW[state].words, isOld && 'old', why, revisionWords(entry), ...labels];
  const text = [...fields, ...pods.map(({ pod }) => pod.name)].filter(Boolean).join(' ').toLowerCase();
  return words.every((word) => text.includes(word));
}
