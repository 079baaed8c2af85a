import { nodeFacts } from '../kubernetes/coverage.ts';
import { nodeVerdict, type PodPlacement } from '../kubernetes/node-coverage.ts';
import { placementOf } from '../kubernetes/placement.ts';
import type { NodeRow } from '../kubernetes/rows.ts';
import type { JsonObject } from '../manifest/json-value.ts';
import { valueAt } from './form-document.ts';

/** How many of the nodes would run a pod of a manifest. */
export interface MatchingNodes {
  readonly eligible: number;
  readonly total: number;
}

/** Counts by the daemon controller's rule (`nodeVerdict`). */
export function matchingNodes(manifest: JsonObject, nodes: readonly NodeRow[]): MatchingNodes {
  const placement = manifestPlacement(manifest);
  const eligible = nodes.filter((node) => nodeVerdict(placement, nodeFacts(node)).outcome === 'shouldRun').length;
  return { eligible, total: nodes.length };
}

/** What of a manifest's pod template decides where its pods run. */
export function manifestPlacement(manifest: JsonObject): PodPlacement {
  return placementOf(valueAt(manifest, ['spec', 'template', 'spec']));
}
