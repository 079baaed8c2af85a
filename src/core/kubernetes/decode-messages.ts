import type { RowResource } from '../../shared/kubernetes/rows.ts';

/** From the pool to a worker; the bytes' buffer is transferred. */
export interface DecodeJob {
  readonly id: number;
  readonly kind: 'list' | 'watch';
  readonly resource: RowResource;
  readonly bytes: Uint8Array;
}

/** From a worker to the pool. `refused` is a DecodeError's message. */
export type DecodeAnswer =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly refused: string };
