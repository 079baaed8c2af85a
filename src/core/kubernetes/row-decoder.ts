import type { Row, RowOf, RowResource } from '../../shared/kubernetes/rows.ts';
import type { DecodedList, WatchEvents } from './decode.ts';
import type { DecodePool } from './decode-pool.ts';

/** How a reflector's bytes become rows. */
export interface RowDecoder<T extends Row> {
  list(bytes: Uint8Array): Promise<DecodedList<T>>;
  watch(bytes: Uint8Array): Promise<WatchEvents<T>>;
}

export function resourceDecoder<R extends RowResource>(pool: DecodePool, resource: R): RowDecoder<RowOf[R]> {
  return {
    list: (bytes) => pool.decodeList(resource, bytes),
    watch: (bytes) => pool.decodeWatch(resource, bytes),
  };
}
