import { useMemo } from 'react';
import { manifestPlacement } from '../../shared/form/matching-nodes.ts';
import { asObject, at } from '../../shared/kubernetes/json-fields.ts';
import { placementChange } from '../../shared/kubernetes/placement-change.ts';
import { isCut, placementChangeWords } from '../../shared/kubernetes/placement-change-words.ts';
import type { DaemonSetRow, NodeRow, PodRow } from '../../shared/kubernetes/rows.ts';
import type { JsonObject } from '../../shared/manifest/json-value.ts';
import { useRows } from '../live/use-rows.ts';
import { NodeNames } from './NodeNames.tsx';

export interface PlacementChangeProps {
  readonly contextName: string;
  readonly daemonSet: Pick<DaemonSetRow, 'namespace' | 'name' | 'uid'>;
  /** The live object as JSON. */
  readonly beforeText: string;
  /** As it is to be; only its pod template and the type of its strategy count. */
  readonly manifest: JsonObject;
}

/** Which nodes would gain or lose a pod by a change of the template. Nothing where none would. */
export function PlacementChange({ contextName, daemonSet, beforeText, manifest }: PlacementChangeProps) {
  const { rows, state } = useRows<NodeRow>(['nodes', contextName], (client, signal) =>
    client.cluster.watchNodes({ contextName }, { signal }),
  );
  const holders = useHolders(contextName, daemonSet);
  const before = useMemo(() => manifestPlacement(asObject(JSON.parse(beforeText)) as JsonObject), [beforeText]);
  const after = useMemo(() => manifestPlacement(manifest), [manifest]);
  const strategy = at(manifest, 'spec', 'updateStrategy', 'type') === 'OnDelete' ? 'OnDelete' : 'RollingUpdate';
  const isKnown = state.phase === 'live' || (state.phase === 'stale' && rows.length > 0);
  const change = useMemo(
    () => (isKnown ? placementChange(before, after, rows, strategy, holders) : undefined),
    [isKnown, before, after, rows, strategy, holders],
  );
  const words = change && placementChangeWords(change);
  if (change && words !== undefined) {
    const groups = () => [
      { title: 'Would gain a pod', nodes: change.gain },
      { title: 'Would lose their pod', nodes: change.lose },
    ];
    return (
      <span>
        {' '}
        {words} {isCut(change) && <NodeNames label="All of them" groups={groups} />}
      </span>
    );
  }
  if (isKnown || JSON.stringify(before) === JSON.stringify(after)) return null;
  return <span> The nodes are not known: which would gain or lose a pod cannot be said.</span>;
}

/** Nodes that have a pod of the DaemonSet; none while its pods are not known. */
function useHolders(
  contextName: string,
  { namespace, name, uid }: PlacementChangeProps['daemonSet'],
): ReadonlySet<string> {
  const { rows } = useRows<PodRow>(['pods', contextName, namespace, name, uid], (client, signal) =>
    client.daemonSet.watchPods({ contextName, namespace, name, uid }, { signal }),
  );
  return useMemo(() => new Set(rows.flatMap(({ nodeName }) => nodeName ?? [])), [rows]);
}
