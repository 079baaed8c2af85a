import { daemonSetPlacements } from '../services/daemonset-placements.ts';
import { setUnschedulable } from '../services/node-changes.ts';
import { nodeView, podsOnNode } from '../services/node-view.ts';
import type { FindCluster } from '../services/open-cluster.ts';
import { latestStream } from '../streams/latest-stream.ts';
import { snapshotStream } from '../streams/snapshot-stream.ts';
import { callSignal, clusterStream, os } from './os.ts';

export function nodeHandlers(findCluster: FindCluster) {
  return {
    watchOne: os.node.watchOne.handler((call) =>
      clusterStream(findCluster, call, (cluster, ends) => latestStream(nodeView(cluster, call.input.name), ends)),
    ),
    watchPods: os.node.watchPods.handler((call) =>
      clusterStream(findCluster, call, (cluster, ends) =>
        snapshotStream(podsOnNode(cluster, call.input.name, call.input.namespaces), ends, cluster.clock),
      ),
    ),
    watchDaemonSets: os.node.watchDaemonSets.handler((call) =>
      clusterStream(findCluster, call, (cluster, ends) =>
        latestStream(daemonSetPlacements(cluster, call.input.namespaces), ends),
      ),
    ),
    setUnschedulable: os.node.setUnschedulable.handler(({ input, signal, context }) =>
      setUnschedulable(findCluster(input.contextName), input, input.unschedulable, callSignal(signal, context)),
    ),
  };
}
