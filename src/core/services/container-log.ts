import type { LogItem } from '../../shared/contract/log.ts';
import type { ObjectRef } from '../../shared/kubernetes/object.ts';
import { type OpenLogOptions, openLog } from '../kubernetes/log-stream.ts';
import type { Session } from '../session.ts';
import { losslessStream } from '../streams/lossless-stream.ts';
import type { OpenCluster } from './open-cluster.ts';

export type LogRequest = ObjectRef &
  OpenLogOptions['options'] & {
    readonly container: string;
    readonly streamId: string;
    readonly windowBytes: number;
  };

/** One container's log, paused down to the API server's socket while the page's window is used up. */
export function containerLog(
  cluster: OpenCluster,
  session: Session,
  request: LogRequest,
  signal: AbortSignal,
): AsyncIterable<LogItem> {
  const { contextName, namespace, name, container, streamId, windowBytes, ...options } = request;
  const { connection, clock, random } = cluster;
  const ref = { contextName, namespace, name };
  return losslessStream({
    session,
    streamId,
    windowBytes,
    signal,
    open: (window, ends) => openLog({ connection, ref, container, options, window, clock, random, signal: ends }),
  });
}
