import { useMemo } from 'react';
import type { NodeRow } from '../../../shared/kubernetes/rows.ts';
import { matchingNodes, type MatchingNodes } from '../../../shared/form/matching-nodes.ts';
import { useRows } from '../../live/use-rows.ts';
import { useForm } from './form-context.ts';

/** How many of the nodes would run a pod of this manifest; undefined until the nodes are known, or where they may not be listed. */
export function useMatchingNodes(): MatchingNodes | undefined {
  const { form, contextName } = useForm();
  const { rows, state } = useRows<NodeRow>(['nodes', contextName], (client, signal) =>
    client.cluster.watchNodes({ contextName }, { signal }),
  );
  const isKnown = state.phase === 'live' || (state.phase === 'stale' && rows.length > 0);
  return useMemo(() => (isKnown ? matchingNodes(form.manifest, rows) : undefined), [form.manifest, rows, isKnown]);
}
