import type { AccessService } from '../services/access.ts';
import { clusterInfo, namespaces, nodes } from '../services/cluster-info.ts';
import type { FindCluster } from '../services/open-cluster.ts';
import { latestStream } from '../streams/latest-stream.ts';
import { snapshotStream } from '../streams/snapshot-stream.ts';
import { clusterStream, os } from './os.ts';

export function clusterHandlers(findCluster: FindCluster) {
  return {
    watchInfo: os.cluster.watchInfo.handler((call) =>
      clusterStream(findCluster, call, (cluster, ends) => latestStream(clusterInfo(cluster), ends)),
    ),
    watchNodes: os.cluster.watchNodes.handler((call) =>
      clusterStream(findCluster, call, (cluster, ends) => snapshotStream(nodes(cluster), ends, cluster.clock)),
    ),
    watchNamespaces: os.cluster.watchNamespaces.handler((call) =>
      clusterStream(findCluster, call, (cluster, ends) => snapshotStream(namespaces(cluster), ends, cluster.clock)),
    ),
  };
}

export function accessHandlers(access: AccessService) {
  return { review: os.access.review.handler(({ input }) => access.review(input.contextName, input.checks)) };
}
