import { useMemo } from 'react';
import { manifestPlacement } from '../../../shared/form/matching-nodes.ts';
import { asObject } from '../../../shared/kubernetes/json-fields.ts';
import { placementChange } from '../../../shared/kubernetes/placement-change.ts';
import { placementChangeWords } from '../../../shared/kubernetes/placement-change-words.ts';
import type { NodeRow } from '../../../shared/kubernetes/rows.ts';
import type { JsonObject } from '../../../shared/manifest/json-value.ts';
import { useRows } from '../../live/use-rows.ts';

export interface PlacementChangeProps {
  readonly contextName: string;
  /** The live object as JSON. */
  readonly beforeText: string;
  /** As it is to be. */
  readonly manifest: JsonObject;
}

/** Which nodes would gain or lose a pod by the edit. Nothing where none would. */
export function PlacementChange({ contextName, beforeText, manifest }: PlacementChangeProps) {
  const { rows, state } = useRows<NodeRow>(['nodes', contextName], (client, signal) =>
    client.cluster.watchNodes({ contextName }, { signal }),
  );
  const before = useMemo(() => manifestPlacement(asObject(JSON.parse(beforeText)) as JsonObject), [beforeText]);
  const after = useMemo(() => manifestPlacement(manifest), [manifest]);
  const isKnown = state.phase === 'live' || (state.phase === 'stale' && rows.length > 0);
  const words = useMemo(
    () => (isKnown ? placementChangeWords(placementChange(before, after, rows)) : undefined),
    [isKnown, before, after, rows],
  );
  if (words !== undefined) return <span> {words}</span>;
  if (isKnown || JSON.stringify(before) === JSON.stringify(after)) return null;
  return <span> The nodes are not known: which would gain or lose a pod cannot be said.</span>;
}
