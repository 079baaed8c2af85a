import { eventsOf, eventsOfNode, eventsOfPod, nodeWarningsOf, warnings } from '../services/events.ts';
import type { FindCluster } from '../services/open-cluster.ts';
import { snapshotStream } from '../streams/snapshot-stream.ts';
import { clusterStream, os } from './os.ts';

export function eventHandlers(findCluster: FindCluster) {
  return {
    watchOfDaemonSet: os.event.watchOfDaemonSet.handler((call) =>
      clusterStream(findCluster, call, async (cluster, ends) =>
        snapshotStream(await eventsOf(cluster, call.input, ends), ends, cluster.clock),
      ),
    ),
    watchOfNodes: os.event.watchOfNodes.handler((call) =>
      clusterStream(findCluster, call, async (cluster, ends) =>
        snapshotStream(await nodeWarningsOf(cluster, call.input, ends), ends, cluster.clock),
      ),
    ),
    watchOfNode: os.event.watchOfNode.handler((call) =>
      clusterStream(findCluster, call, (cluster, ends) =>
        snapshotStream(eventsOfNode(cluster, call.input), ends, cluster.clock),
      ),
    ),
    watchOfPod: os.event.watchOfPod.handler((call) =>
      clusterStream(findCluster, call, (cluster, ends) =>
        snapshotStream(eventsOfPod(cluster, call.input), ends, cluster.clock),
      ),
    ),
    watchWarnings: os.event.watchWarnings.handler((call) =>
      clusterStream(findCluster, call, (cluster, ends) =>
        snapshotStream(warnings(cluster, call.input), ends, cluster.clock),
      ),
    ),
  };
}
