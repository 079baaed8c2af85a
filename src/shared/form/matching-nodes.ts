import { nodeFacts, refusalWords } from '../kubernetes/coverage.ts';
import { nodeVerdict, type PodPlacement } from '../kubernetes/node-coverage.ts';
import { placementOf } from '../kubernetes/placement.ts';
import type { NodeRow } from '../kubernetes/rows.ts';
import type { JsonObject } from '../manifest/json-value.ts';
import { valueAt } from './form-document.ts';

/** How many of the nodes would run a pod of a manifest. */
export interface MatchingNodes {
  readonly eligible: number;
  /** All that there are. */
  readonly nodes: readonly NodeRow[];
}

/** Counts by the daemon controller's rule (`nodeVerdict`). */
export function matchingNodes(manifest: JsonObject, nodes: readonly NodeRow[]): MatchingNodes {
  const placement = manifestPlacement(manifest);
  const eligible = nodes.filter((node) => nodeVerdict(placement, nodeFacts(node)).outcome === 'shouldRun').length;
  return { eligible, nodes };
}

/** Which nodes would run a pod of a manifest, by name, and what stands against each other one. */
export interface DraftNodes {
  readonly run: readonly string[];
  readonly excluded: readonly { readonly name: string; readonly why: string }[];
}

/** In the order of the nodes. */
export function draftNodes(manifest: JsonObject, nodes: readonly NodeRow[]): DraftNodes {
  const placement = manifestPlacement(manifest);
  const run: string[] = [];
  const excluded: { name: string; why: string }[] = [];
  for (const node of nodes) {
    const why = refusalWords(nodeVerdict(placement, nodeFacts(node)));
    if (why === undefined) run.push(node.name);
    else excluded.push({ name: node.name, why });
  }
  return { run, excluded };
}

/** What of a manifest's pod template decides where its pods run. */
export function manifestPlacement(manifest: JsonObject): PodPlacement {
  return placementOf(valueAt(manifest, ['spec', 'template', 'spec']));
}
