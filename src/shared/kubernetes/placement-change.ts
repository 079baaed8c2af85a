import { nodeFacts } from './coverage.ts';
import { nodeVerdict, type PodPlacement } from './node-coverage.ts';
import type { DaemonSetStrategy, NodeRow } from './rows.ts';

export interface PlacementChange {
  /** Names of the nodes, in their order. */
  readonly gain: readonly string[];
  readonly lose: readonly string[];
}

/**
 * Which nodes would get or lose a pod if one placement took the other's place. Where the new verdict is `mayStay`, the strategy decides:
 * RollingUpdate replaces each pod, since the placement is part of the template, and there none is made again; under OnDelete it stays.
 *
 * @param holders names of nodes that have a pod: one that only may stay there is lost too, or kept
 */
export function placementChange(
  before: PodPlacement,
  after: PodPlacement,
  nodes: readonly NodeRow[],
  strategy: DaemonSetStrategy['type'],
  holders: ReadonlySet<string> = new Set(),
): PlacementChange {
  const gain: string[] = [];
  const lose: string[] = [];
  for (const node of nodes) {
    const facts = nodeFacts(node);
    const was = nodeVerdict(before, facts).outcome;
    const had = was === 'shouldRun' || (was === 'mayStay' && holders.has(node.name));
    const { outcome } = nodeVerdict(after, facts);
    const isLeft = outcome === 'mustLeave' || (outcome === 'mayStay' && strategy === 'RollingUpdate');
    if (had && isLeft) lose.push(node.name);
    if (!had && outcome === 'shouldRun') gain.push(node.name);
  }
  return { gain, lose };
}
