import type { FindCluster } from '../services/open-cluster.ts';
import { podView } from '../services/pod-view.ts';
import { latestStream } from '../streams/latest-stream.ts';
import { clusterStream, os } from './os.ts';

export function podHandlers(findCluster: FindCluster) {
  return {
    watchOne: os.pod.watchOne.handler((call) =>
      clusterStream(findCluster, call, (cluster, ends) => latestStream(podView(cluster, call.input), ends)),
    ),
  };
}
