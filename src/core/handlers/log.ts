import { openLog } from '../kubernetes/log-stream.ts';
import type { FindCluster } from '../services/open-cluster.ts';
import { losslessStream } from '../streams/lossless-stream.ts';
import { clusterStream, os } from './os.ts';

export function logHandlers(findCluster: FindCluster, random: () => number) {
  return {
    read: os.log.read.handler((call) =>
      clusterStream(findCluster, call, (cluster, ends) => {
        const { contextName, namespace, name, container, streamId, windowBytes, ...options } = call.input;
        return losslessStream({
          session: call.context.session,
          streamId,
          windowBytes,
          signal: ends,
          open: (window, signal) =>
            openLog({
              connection: cluster.connection,
              ref: { contextName, namespace, name },
              container,
              options,
              window,
              clock: cluster.clock,
              random,
              signal,
            }),
        });
      }),
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
