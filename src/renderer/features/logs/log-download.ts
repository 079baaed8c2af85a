import { AppError } from '../../../shared/errors/app-error.ts';
import type { Client } from '../../live/client.ts';
import { CreditReturn } from './credit-return.ts';
import type { LogRequest } from './log-session.ts';

const WINDOW_BYTES = 8_388_608;

export interface LogDownloadOptions {
  readonly client: Client;
  readonly request: LogRequest;
  readonly streamId: string;
  readonly signal: AbortSignal;
  readonly onProgress: (bytes: number) => void;
}

/** Reads the whole log of a container, from its first line to where it is now. Throws what the stream throws. */
export async function downloadLog(options: LogDownloadOptions): Promise<Blob> {
  const { client, request, streamId, signal, onProgress } = options;
  const { contextName, namespace, pod, container, previous, timestamps } = request;
  const credit = new CreditReturn(client, streamId);
  const source = { contextName, namespace, name: pod, container, previous, timestamps };
  const items = await client.log.read({ ...source, streamId, windowBytes: WINDOW_BYTES, follow: false }, { signal });
  // Blobs may lie on disk, strings may not: a log can be larger than the page's memory.
  const parts: Blob[] = [];
  let bytes = 0;
  let isWhole = false;
  for await (const item of items) {
    if (item.type === 'ended') isWhole = true;
    if (item.type !== 'lines') continue;
    parts.push(new Blob([item.text]));
    bytes += item.bytes;
    onProgress(bytes);
    credit.give(item.bytes);
  }
  credit.stop();
  signal.throwIfAborted();
  if (!isWhole) throw new AppError({ reason: 'Disconnected', message: 'The stream ended before the log did.' });
  return new Blob(parts, { type: 'text/plain;charset=utf-8' });
}

/** "fluent-bit-2x9kd.fluent-bit.log", "….previous.log". */
export function logFileName({ pod, container, previous }: Pick<LogRequest, 'pod' | 'container' | 'previous'>): string {
  return `${pod}.${container}${previous ? '.previous' : ''}.log`;
}
