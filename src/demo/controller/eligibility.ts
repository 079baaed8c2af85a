import { type NodeVerdict, type PodPlacement, nodeVerdict } from '../../shared/kubernetes/node-coverage.ts';
import type { Node } from '../objects.ts';

const verdicts = new WeakMap<PodPlacement, WeakMap<Node, NodeVerdict>>();

/** The verdict on a node, kept as long as neither the template nor the node is another object. */
export function verdictOn(placement: PodPlacement, node: Node): NodeVerdict {
  let byNode = verdicts.get(placement);
  if (byNode === undefined) {
    byNode = new WeakMap();
    verdicts.set(placement, byNode);
  }
  let verdict = byNode.get(node);
  if (verdict === undefined) {
    const { name, labels } = node.metadata;
    verdict = nodeVerdict(placement, { name, labels: labels ?? {}, taints: node.spec.taints ?? [] });
    byNode.set(node, verdict);
  }
  return verdict;
}

export function shouldRun(placement: PodPlacement, node: Node): boolean {
  return verdictOn(placement, node).outcome === 'shouldRun';
}
