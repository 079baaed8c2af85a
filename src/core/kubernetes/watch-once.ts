import type { Clock } from '../../shared/clock.ts';
import { type AppError, type AppErrorData, toAppErrorData } from '../../shared/errors/app-error.ts';
import type { Row } from '../../shared/kubernetes/rows.ts';
import type { ApiConnection, ApiStream } from './api-connection.ts';
import type { RowDecoder } from './row-decoder.ts';
import type { WatchEvent } from './decode.ts';
import { startSilenceTimer } from './silence-timer.ts';
import { isResourceVersionTooLarge, statusObjectToError, statusToError } from './status-to-error.ts';
import { PROBE_AFTER_MS, startVigil, type Vigil } from './vigil.ts';
import { createLineSplitter, joinBytes } from './watch-lines.ts';

/** Bookmarks come about every minute, so a watch that says nothing for longer is dead. */
export const SILENCE_LIMIT_MS = 90_000;

/** How one watch ended. `expired`: its version is of no use, by 410 in either shape or as too large; `slept` and `failed` are resumed from the last version. */
export type WatchEnd =
  | { readonly kind: 'ended' }
  | { readonly kind: 'expired'; readonly error: AppErrorData }
  | { readonly kind: 'failed'; readonly error: AppErrorData }
  | { readonly kind: 'unparsable'; readonly error: AppErrorData }
  | { readonly kind: 'slept'; readonly error: AppErrorData }
  /** On HTTP/1.1, where nothing can be asked on a watch's connection: silent while somebody looks, so that it is opened anew. */
  | { readonly kind: 'quiet' }
  | { readonly kind: 'stopped' };

export interface WatchOnceOptions<T extends Row> {
  readonly connection: ApiConnection;
  readonly path: string;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly decoder: RowDecoder<T>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** To the answer's head; the connection's own default otherwise. */
  readonly openTimeoutMs?: number;
  onOpen(): void;
  /** Events in order, up to the first that ends the watch. */
  onEvents(events: readonly WatchEvent<T>[]): void;
}

function disconnected(contextName: string, message: string): AppErrorData {
  return { reason: 'Disconnected', message, contextName, retry: true };
}

function failure(error: unknown): WatchEnd {
  const data = toAppErrorData(error);
  const isExpired = data.reason === 'Expired' || isResourceVersionTooLarge(data);
  return { kind: isExpired ? 'expired' : 'failed', error: data };
}

const ERROR_BODY_LIMIT_BYTES = 64 * 1024;

async function refusal(stream: ApiStream, contextName: string): Promise<AppError> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream.chunks) {
    parts.push(chunk);
    size += chunk.length;
    if (size > ERROR_BODY_LIMIT_BYTES) break;
  }
  return statusToError(stream.status, joinBytes(parts), {}, { contextName });
}

async function readEvents<T extends Row>(
  options: WatchOnceOptions<T>,
  stream: ApiStream,
  heard: () => void,
): Promise<WatchEnd> {
  const { contextName } = options.connection;
  const lines = createLineSplitter();
  for await (const chunk of stream.chunks) {
    heard();
    const block = lines.push(chunk);
    if (block === undefined) continue;
    const { events, unparsable } = await options.decoder.watch(block);
    if (options.signal.aborted) return { kind: 'stopped' };
    const at = events.findIndex((event) => event.type === 'error');
    options.onEvents(at === -1 ? events : events.slice(0, at));
    const error = events[at];
    if (error?.type === 'error') return failure(statusObjectToError(error.status, 500, { contextName }));
    if (unparsable > 0) {
      return {
        kind: 'unparsable',
        error: disconnected(contextName, 'The API server sent a watch event that cannot be read.'),
      };
    }
  }
  if (lines.pendingBytes > 0) {
    return { kind: 'failed', error: disconnected(contextName, 'The watch was cut in the middle of an event.') };
  }
  return { kind: 'ended' };
}

/** One watch request from open to end; never rejects, and leaves neither socket nor timer behind. */
export async function watchOnce<T extends Row>(options: WatchOnceOptions<T>): Promise<WatchEnd> {
  const { connection, signal } = options;
  const own = new AbortController();
  let early: WatchEnd | undefined;
  const ears = listen(options, (end) => {
    early = end;
    own.abort();
  });
  let stream: ApiStream | undefined;
  try {
    stream = await connection.stream({
      path: options.path,
      query: options.query,
      signal: AbortSignal.any([signal, own.signal]),
      purpose: 'watch',
      ...(options.openTimeoutMs === undefined ? {} : { timeoutMs: options.openTimeoutMs }),
    });
    if (signal.aborted) return { kind: 'stopped' };
    if (stream.status !== 200) return failure(await refusal(stream, connection.contextName));
    ears.opened();
    options.onOpen();
    const end = await readEvents(options, stream, ears.heard);
    return signal.aborted ? { kind: 'stopped' } : (early ?? end);
  } catch (error) {
    return signal.aborted ? { kind: 'stopped' } : (early ?? failure(error));
  } finally {
    ears.stop();
    stream?.close();
  }
}

interface Ears {
  opened(): void;
  heard(): void;
  stop(): void;
}

/** What ends a watch from outside of its own stream: silence and sleep. */
function listen(
  { connection, clock }: Pick<WatchOnceOptions<Row>, 'connection' | 'clock'>,
  endEarly: (end: WatchEnd) => void,
): Ears {
  const { contextName, attention } = connection;
  const silence = startSilenceTimer({
    clock,
    limitMs: SILENCE_LIMIT_MS,
    onSilent: () =>
      endEarly({ kind: 'failed', error: disconnected(contextName, 'The API server fell silent for 90 seconds.') }),
    onSlept: () =>
      endEarly({ kind: 'slept', error: disconnected(contextName, 'This machine slept; the watch is opened anew.') }),
  });
  let vigil: Vigil | undefined;
  return {
    opened() {
      silence.touch();
      if (connection.httpVersion === '2') return;
      vigil = startVigil({ clock, attention, limitMs: PROBE_AFTER_MS, onSilent: () => endEarly({ kind: 'quiet' }) });
    },
    heard() {
      silence.touch();
      vigil?.touch();
    },
    stop() {
      silence.stop();
      vigil?.stop();
    },
  };
}
