import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Loaded into a host by `--import`: measures it from inside, on request over its IPC channel. */

const RESOLUTION_MS = 1;
const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });

/** Bytes, but the delays: milliseconds beyond the sampling interval. */
export interface HostFigures {
  readonly delayP99Ms: number;
  readonly delayMaxMs: number;
  readonly peakRss: number;
  /** After a full collection. */
  readonly heapUsed: number;
}

/** Linux hands ru_maxrss on to what a process starts, so that of a small host would be the benchmark's own; VmHWM begins anew. */
function peakBytes(): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS * 1024;
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  if (kilobytes === undefined) throw new Error('/proc/self/status has no VmHWM');
  return Number(kilobytes) * 1024;
}

process.on('message', (message) => {
  if (message === 'reset') {
    delay.reset();
    delay.enable();
    process.send?.('reset');
  } else if (message === 'read') {
    delay.disable();
    const delayP99Ms = delay.percentile(99) / 1e6 - RESOLUTION_MS;
    const delayMaxMs = delay.max / 1e6 - RESOLUTION_MS;
    const peakRss = peakBytes();
    globalThis.gc?.();
    const figures: HostFigures = { delayP99Ms, delayMaxMs, peakRss, heapUsed: process.memoryUsage().heapUsed };
    process.send?.(figures);
  }
});
// The channel alone never holds the host open.
process.channel?.unref();
