import type { FindCluster } from '../services/open-cluster.ts';
import { containerUsage, podUsage } from '../services/usage-reads.ts';
import { latestStream } from '../streams/latest-stream.ts';
import { clusterStream, os } from './os.ts';

export function metricsHandlers(findCluster: FindCluster) {
  return {
    watchPods: os.metrics.watchPods.handler((call) =>
      clusterStream(findCluster, call, (cluster, ends) => latestStream(podUsage(cluster, call.input), ends)),
    ),
    watchContainers: os.metrics.watchContainers.handler((call) =>
      clusterStream(findCluster, call, (cluster, ends) => latestStream(containerUsage(cluster, call.input), ends)),
    ),
  };
}
