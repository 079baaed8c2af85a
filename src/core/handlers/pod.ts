import type { FindCluster } from '../services/open-cluster.ts';
import { deletePod, evictPod } from '../services/pod-changes.ts';
import { podView } from '../services/pod-view.ts';
import { latestStream } from '../streams/latest-stream.ts';
import { callSignal, clusterStream, os } from './os.ts';

export function podHandlers(findCluster: FindCluster) {
  return {
    watchOne: os.pod.watchOne.handler((call) =>
      clusterStream(findCluster, call, (cluster, ends) => latestStream(podView(cluster, call.input), ends)),
    ),
    delete: os.pod.delete.handler(({ input, signal, context }) =>
      deletePod(findCluster(input.contextName), input, callSignal(signal, context)),
    ),
    evict: os.pod.evict.handler(({ input, signal, context }) =>
      evictPod(findCluster(input.contextName), input, callSignal(signal, context)),
    ),
  };
}
