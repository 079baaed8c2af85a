import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RowOf, RowResource } from '../../shared/kubernetes/rows.ts';
import { type DecodedList, decodeList, decodeWatch, type WatchEvent, type WatchEvents } from './decode.ts';
import type { PackedList } from './decode-messages.ts';
import { createDecodeWorkers, type DecodeWorkers } from './decode-workers.ts';
import { RowUnpacker } from './row-packing.ts';

/** Turns bytes into rows, large ones in worker threads. The bytes belong to the pool after the call. */
export interface DecodePool {
  /** Rejects with DecodeError when the bytes are no Kubernetes list, with AppError Bug when a worker died. */
  decodeList<R extends RowResource>(resource: R, bytes: Uint8Array): Promise<DecodedList<RowOf[R]>>;
  /** Whole lines only. */
  decodeWatch<R extends RowResource>(resource: R, bytes: Uint8Array): Promise<WatchEvents<RowOf[R]>>;
  /** Starts a worker before there is work for it: its start takes about as long as a page. */
  warm(): void;
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

class SharingDecodePool implements DecodePool {
  readonly #workers: DecodeWorkers | undefined;
  readonly #rows = new RowUnpacker();

  constructor({ size, workerUrl }: DecodePoolOptions) {
    this.#workers = workerUrl === undefined ? undefined : createDecodeWorkers(workerUrl, size);
  }

  async decodeList<R extends RowResource>(resource: R, bytes: Uint8Array): Promise<DecodedList<RowOf[R]>> {
    const workers = this.#workersFor(bytes);
    if (workers !== undefined) return this.#unpack(resource, await workers.list(resource, bytes));
    const list = decodeList(resource, bytes);
    return { ...list, rows: list.rows.map((row) => this.#rows.share(resource, row)) };
  }

  async decodeWatch<R extends RowResource>(resource: R, bytes: Uint8Array): Promise<WatchEvents<RowOf[R]>> {
    const { events, unparsable } =
      (await this.#workersFor(bytes)?.watch(resource, bytes)) ?? decodeWatch(resource, bytes);
    return { events: events.map((event) => this.#share(resource, event)), unparsable };
  }

  warm(): void {
    this.#workers?.warm();
  }

  async dispose(): Promise<void> {
    await this.#workers?.dispose();
  }

  #workersFor(bytes: Uint8Array): DecodeWorkers | undefined {
    return bytes.length < INLINE_LIMIT_BYTES ? undefined : this.#workers;
  }

  async #unpack<R extends RowResource>(resource: R, { parts, ...head }: PackedList): Promise<DecodedList<RowOf[R]>> {
    const [first, ...others] = parts;
    if (first === undefined) return { ...head, rows: [] };
    const rows = [...this.#rows.unpack(resource, first)];
    for (const part of others) {
      await nextTurn();
      rows.push(...this.#rows.unpack(resource, part));
    }
    return { ...head, rows };
  }

  #share<R extends RowResource>(resource: R, event: WatchEvent<RowOf[R]>): WatchEvent<RowOf[R]> {
    return event.type === 'upsert' ? { ...event, row: this.#rows.share(resource, event.row) } : event;
  }
}

/** One caller's order is its own affair: it waits for an answer before it asks again. */
export function createDecodePool(options: DecodePoolOptions): DecodePool {
  return new SharingDecodePool(options);
}
