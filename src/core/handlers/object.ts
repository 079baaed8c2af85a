import type { FindCluster } from '../services/open-cluster.ts';
import { objectView } from '../services/object-view.ts';
import { latestStream } from '../streams/latest-stream.ts';
import { clusterStream, os } from './os.ts';

export function objectHandlers(findCluster: FindCluster) {
  return {
    watch: os.object.watch.handler((call) =>
      clusterStream(findCluster, call, (cluster, ends) => latestStream(objectView(cluster, call.input), ends)),
    ),
  };
}
