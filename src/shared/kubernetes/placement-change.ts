import { nodeFacts } from './coverage.ts';
import { nodeVerdict, type PodPlacement } from './node-coverage.ts';
import type { NodeRow } from './rows.ts';

export interface PlacementChange {
  /** Names of the nodes, in their order. */
  readonly gain: readonly string[];
  readonly lose: readonly string[];
}

/**
 * Which nodes would get or lose a pod if one placement took the other's place. A node whose new verdict is `mayStay` loses it too: the
 * placement is part of the template, so each pod is replaced, and there none is made again.
 */
export function placementChange(before: PodPlacement, after: PodPlacement, nodes: readonly NodeRow[]): PlacementChange {
  const gain: string[] = [];
  const lose: string[] = [];
  for (const node of nodes) {
    const facts = nodeFacts(node);
    const had = nodeVerdict(before, facts).outcome === 'shouldRun';
    const has = nodeVerdict(after, facts).outcome === 'shouldRun';
    if (had && !has) lose.push(node.name);
    if (!had && has) gain.push(node.name);
  }
  return { gain, lose };
}
