import type { BenchRow } from '../bench-row.ts';
import { detail, detailStorm } from './detail.ts';
import { scroll, stormFrames } from './frames.ts';
import { listPodsOfAll, listPodsOfOne } from './list-pods.ts';
import { manifest } from './manifest.ts';
import { nodeMap } from './node-map.ts';
import { silentPeer } from './silent-peer.ts';
import { startPage } from './start-page.ts';
import { churnHour, watchStorm } from './watch-storm.ts';

/** Every row of the benchmark, in the order in which they run. */
export const ROWS: readonly BenchRow[] = [
  startPage,
  listPodsOfOne,
  listPodsOfAll,
  watchStorm,
  churnHour,
  silentPeer,
  scroll,
  stormFrames,
  detail,
  detailStorm,
  nodeMap,
  manifest,
];
