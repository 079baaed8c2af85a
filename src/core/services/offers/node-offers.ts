import type { NodeLabelOffer, TaintOffer } from '../../../shared/contract/offers.ts';
import type { NodeRow } from '../../../shared/kubernetes/rows.ts';

const MAX_VALUES = 50;

/** Every label key of the nodes, sorted, with its values. */
export function nodeLabelOffers(nodes: Iterable<NodeRow>): readonly NodeLabelOffer[] {
  const byKey = new Map<string, Map<string, number>>();
  for (const { labels } of nodes) {
    for (const [key, value] of Object.entries(labels)) {
      const values = byKey.get(key) ?? new Map<string, number>();
      values.set(value, (values.get(value) ?? 0) + 1);
      byKey.set(key, values);
    }
  }
  return [...byKey]
    .toSorted(([a], [b]) => compare(a, b))
    .map(([key, counts]) => {
      const values = [...counts]
        .map(([value, count]) => ({ value, nodes: count }))
        .toSorted((a, b) => b.nodes - a.nodes || compare(a.value, b.value));
      return { key, values: values.slice(0, MAX_VALUES), moreValues: values.length > MAX_VALUES };
    });
}

/** Every taint of the nodes, those on most nodes first. */
export function taintOffers(nodes: Iterable<NodeRow>): readonly TaintOffer[] {
  const counted = new Map<string, TaintOffer>();
  for (const { taints } of nodes) {
    for (const taint of taints) {
      const id = JSON.stringify([taint.key, taint.value, taint.effect]);
      counted.set(id, { ...taint, nodes: (counted.get(id)?.nodes ?? 0) + 1 });
    }
  }
  return [...counted.values()].toSorted((a, b) => b.nodes - a.nodes || compare(a.key, b.key));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
