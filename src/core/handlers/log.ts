import { containerLog } from '../services/container-log.ts';
import type { FindCluster } from '../services/open-cluster.ts';
import { clusterStream, os } from './os.ts';

export function logHandlers(findCluster: FindCluster) {
  return {
    read: os.log.read.handler((call) =>
      clusterStream(findCluster, call, (cluster, ends) =>
        containerLog(cluster, call.context.session, call.input, ends),
      ),
    ),
  };
}

export function streamHandlers() {
  return {
    credit: os.stream.credit.handler(({ input, context }) => {
      context.session.windows.get(input.streamId)?.credit(input.bytes);
    }),
  };
}
