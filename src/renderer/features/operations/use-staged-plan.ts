import { useMemo } from 'react';
import { currentRevision } from '../../../shared/kubernetes/revision.ts';
import { podsByNode } from '../../../shared/kubernetes/rollout-nodes.ts';
import type { ControllerRevisionRow, DaemonSetRow, NodeRow, PodRow } from '../../../shared/kubernetes/rows.ts';
import {
  planWaves,
  replaceablePods,
  type StagedOptions,
  type WavePlan,
  zoneOf,
} from '../../../shared/kubernetes/staged-plan.ts';
import { useRevisions } from '../../live/use-revisions.ts';
import { useRows } from '../../live/use-rows.ts';

export interface StagedPreview {
  /** Why nothing can be planned yet. */
  readonly waitsFor?: string;
  readonly current?: ControllerRevisionRow;
  readonly plan?: WavePlan | { readonly problem: string };
  /** Old pods by node. */
  readonly oldPods: ReadonlyMap<string, readonly PodRow[]>;
  readonly zones: readonly string[];
  /** Whether nodes may be chosen by label and zone. */
  readonly knowsNodes: boolean;
}

/** What a staged rollout with these options would do now, from live rows. */
export function useStagedPlan(contextName: string, row: DaemonSetRow, options: StagedOptions): StagedPreview {
  const { namespace, name, uid } = row;
  const pods = useRows<PodRow>(['pods', contextName, namespace, name, uid], (client, signal) =>
    client.daemonSet.watchPods({ contextName, namespace, name, uid }, { signal }),
  );
  const nodes = useRows<NodeRow>(['nodes', contextName], (client, signal) =>
    client.cluster.watchNodes({ contextName }, { signal }),
  );
  const { value: revisions } = useRevisions(contextName, row);
  const { nodeSelector, share, waveSize } = options;
  const zonesKey = options.zones.join('\n');
  return useMemo((): StagedPreview => {
    const current = currentRevision(revisions ?? []);
    const zones = [...new Set(nodes.rows.flatMap((node) => zoneOf(node) ?? []))].toSorted();
    const about = { zones, knowsNodes: nodes.state.phase === 'live', oldPods: new Map<string, readonly PodRow[]>() };
    if (current === undefined || pods.state.phase !== 'live')
      return { ...about, waitsFor: 'Reading pods and revisions…' };
    if (row.observedGeneration < row.generation)
      return { ...about, waitsFor: 'The controller has not seen the last change yet…' };
    const byNode = podsByNode(pods.rows, current.hash);
    const chosen = { nodeSelector, share, waveSize, zones: zonesKey === '' ? [] : zonesKey.split('\n') };
    const plan = planWaves(byNode, nodes.rows, chosen);
    return { ...about, current, plan, oldPods: new Map(byNode.map((node) => [node.nodeName, replaceablePods(node)])) };
  }, [revisions, nodes, pods, row, nodeSelector, share, waveSize, zonesKey]);
}
