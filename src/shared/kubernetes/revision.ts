import type { ControllerRevisionRow, PodRow } from './rows.ts';

/** The newest one: what the controller makes new pods from (a rollback takes the old one up again under a new number). */
export function currentRevision(revisions: readonly ControllerRevisionRow[]): ControllerRevisionRow | undefined {
  return newestFirst(revisions)[0];
}

/** All but the current one, newest first: the first is what `kubectl rollout undo` takes when it is told no number. */
export function oldRevisions(revisions: readonly ControllerRevisionRow[]): readonly ControllerRevisionRow[] {
  return newestFirst(revisions).slice(1);
}

function newestFirst(revisions: readonly ControllerRevisionRow[]): readonly ControllerRevisionRow[] {
  return revisions.toSorted((a, b) => b.revision - a.revision);
}

/** On how many nodes pods of each revision are, by its hash. A pod that ends is still there; one without a node is nowhere. */
export function nodesByRevision(pods: readonly PodRow[]): ReadonlyMap<string, number> {
  const nodes = new Map<string, Set<string>>();
  for (const { revisionHash, nodeName } of pods) {
    if (revisionHash === undefined || nodeName === undefined) continue;
    const those = nodes.get(revisionHash) ?? new Set();
    nodes.set(revisionHash, those.add(nodeName));
  }
  return new Map([...nodes].map(([hash, those]) => [hash, those.size]));
}
