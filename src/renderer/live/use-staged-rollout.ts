import type { StagedRolloutView } from '../../shared/contract/staged-rollout.ts';
import type { DaemonSetRow } from '../../shared/kubernetes/rows.ts';
import { type LiveValue, useValue } from './use-value.ts';

/** The staged rollout of one DaemonSet, live. All who ask share one stream. */
export function useStagedRollout(
  contextName: string,
  { namespace, name, uid }: Pick<DaemonSetRow, 'namespace' | 'name' | 'uid'>,
): LiveValue<StagedRolloutView> {
  return useValue<StagedRolloutView>(['stagedRollout', contextName, namespace, name, uid], (client, signal) =>
    client.stagedRollout.watch({ contextName, namespace, name, uid }, { signal }),
  );
}
