import type { RowResource } from '../../shared/kubernetes/rows.ts';
import type { DecodedList } from './decode.ts';
import type { PackedRows } from './row-packing.ts';

/** From the pool to a worker; the bytes' buffer is transferred. */
export interface DecodeJob {
  readonly id: number;
  readonly kind: 'list' | 'watch';
  readonly resource: RowResource;
  readonly bytes: Uint8Array;
}

/** A page of a list; its rows are in parts, so that no part holds up the thread that unpacks it. */
export interface PackedList extends Omit<DecodedList<never>, 'rows'> {
  readonly parts: readonly PackedRows[];
}

/** From a worker to the pool. `watch` is JSON of WatchEvents, `refused` a DecodeError's message. */
export type DecodeAnswer =
  | { readonly id: number; readonly list: PackedList }
  | { readonly id: number; readonly watch: string }
  | { readonly id: number; readonly refused: string };
