import type { BenchRow } from '../bench-row.ts';
import { listPodsOfAll, listPodsOfOne } from './list-pods.ts';

/** Every row of the benchmark, in the order in which they run. */
export const ROWS: readonly BenchRow[] = [listPodsOfOne, listPodsOfAll];
