import { type DemoClock, toTimestamp } from './clock.ts';
import type { Pod } from './objects.ts';
import { keyOfObject } from './store/collection.ts';
import type { Store } from './store/store.ts';

const DEFAULT_GRACE_SECONDS = 30;

/**
 * Begins a pod's end as the API server does: one that no node runs, or with no grace, goes at once; any other gets a
 * deletionTimestamp and is removed by its kubelet. A second call can only shorten the grace. Returns the pod as it is now.
 */
export function deletePod(store: Store, clock: DemoClock, pod: Pod, graceSeconds?: number): Pod {
  const grace = graceSeconds ?? pod.spec.terminationGracePeriodSeconds ?? DEFAULT_GRACE_SECONDS;
  const running = pod.metadata.deletionGracePeriodSeconds;
  if (grace === 0 || pod.spec.nodeName === undefined) return store.pods.remove(keyOfObject(pod)) ?? pod;
  if (running !== undefined && running <= grace) return pod;
  return store.pods.put({
    ...pod,
    metadata: {
      ...pod.metadata,
      deletionTimestamp: toTimestamp(clock.now() + grace * 1000),
      deletionGracePeriodSeconds: grace,
    },
  });
}
