import type { RowOf, RowResource } from '../../shared/kubernetes/rows.ts';
import { type DecodedList, decodeList, decodeWatch, type WatchEvents } from './decode.ts';
import { createDecodeWorkers, type DecodeWorkers } from './decode-workers.ts';

/** Turns bytes into rows, large ones in worker threads. The bytes belong to the pool after the call. */
export interface DecodePool {
  /** Rejects with DecodeError when the bytes are no Kubernetes list, with AppError Bug when a worker died. */
  decodeList<R extends RowResource>(resource: R, bytes: Uint8Array): Promise<DecodedList<RowOf[R]>>;
  /** Whole lines only. */
  decodeWatch<R extends RowResource>(resource: R, bytes: Uint8Array): Promise<WatchEvents<RowOf[R]>>;
  dispose(): Promise<void>;
}

export interface DecodePoolOptions {
  /** Worker threads at most; they are started when first needed. */
  readonly size: number;
  /** The decode worker's module; without it everything is decoded in this thread. */
  readonly workerUrl?: URL;
}

/** A message to a worker costs more than 16 kB of JSON, about 0.1 ms. */
const INLINE_LIMIT_BYTES = 16 * 1024;

/** One caller's order is its own affair: it waits for an answer before it asks again. */
export function createDecodePool({ size, workerUrl }: DecodePoolOptions): DecodePool {
  const workers: DecodeWorkers | undefined = workerUrl === undefined ? undefined : createDecodeWorkers(workerUrl, size);
  const large = (bytes: Uint8Array): DecodeWorkers | undefined =>
    bytes.length < INLINE_LIMIT_BYTES ? undefined : workers;
  return {
    async decodeList(resource, bytes) {
      return (await large(bytes)?.list(resource, bytes)) ?? decodeList(resource, bytes);
    },
    async decodeWatch(resource, bytes) {
      return (await large(bytes)?.watch(resource, bytes)) ?? decodeWatch(resource, bytes);
    },
    async dispose() {
      await workers?.dispose();
    },
  };
}
