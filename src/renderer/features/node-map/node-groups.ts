import type { NodeCoverage } from '../../../shared/kubernetes/coverage.ts';
import { labelOf } from '../../../shared/kubernetes/label-requirement.ts';
import type { NodeRow } from '../../../shared/kubernetes/rows.ts';
import { compareValues } from '../../components/table-model.ts';
import type { CellGroup } from './map-layout.ts';

export const ZONE_LABEL = 'topology.kubernetes.io/zone';

/** The choice of all nodes in one group: no label has an empty key. */
export const UNGROUPED = '';

/** More groups would leave a heading over every cell. */
const MOST_GROUPS = 60;

export interface GroupedNodes {
  readonly groups: readonly CellGroup[];
  /** Group by group. */
  readonly entries: readonly NodeCoverage[];
}

/** What a node's group is called: the value of the label, or that it has none. */
export function groupName(node: NodeRow, label: string): string {
  if (label === UNGROUPED) return 'all nodes';
  const value = labelOf(node.labels, label);
  if (value === undefined) return label === ZONE_LABEL ? 'no zone' : `without ${label}`;
  return value === '' ? `${label} is empty` : value;
}

/** "eu-central-1a · 8 nodes". */
export function groupWords(name: string, count: number): string {
  return `${name} · ${count.toLocaleString('en')} ${count === 1 ? 'node' : 'nodes'}`;
}

/** Nodes by the value of a label, values in order; of very many values the largest groups, and the other nodes together. */
export function groupNodes(entries: readonly NodeCoverage[], label: string): GroupedNodes {
  const byName = [...Map.groupBy(entries, ({ node }) => groupName(node, label))];
  const largest = byName.toSorted(([, a], [, b]) => b.length - a.length).slice(0, MOST_GROUPS);
  const kept = byName.length > MOST_GROUPS ? largest : byName;
  const named = kept.toSorted(([a], [b]) => compareValues(a, b));
  const names = new Set(named.map(([name]) => name));
  const others = byName.filter(([name]) => !names.has(name));
  const all = others.length === 0 ? named : [...named, mergedGroup(others)];
  return {
    groups: all.map(([name, those]) => ({ label: groupWords(name, those.length), count: those.length })),
    entries: all.flatMap(([, those]) => those),
  };
}

function mergedGroup(groups: readonly (readonly [string, readonly NodeCoverage[]])[]): [string, NodeCoverage[]] {
  return [`${groups.length} other values`, groups.flatMap(([, those]) => those)];
}

/** Keys of all labels of the nodes, in order. */
export function labelKeys(nodes: readonly NodeCoverage[]): readonly string[] {
  const keys = new Set<string>();
  for (const { node } of nodes) for (const key of Object.keys(node.labels)) keys.add(key);
  return [...keys].toSorted(compareValues);
}
