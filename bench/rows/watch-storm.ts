import type { PodRow } from '../../src/shared/kubernetes/rows.ts';
import { type BenchHost, CONTEXT, startBenchHost } from '../bench-host.ts';
import { applyItem, type BenchPage, openBenchPage } from '../bench-page.ts';
import type { Bench, BenchRow } from '../bench-row.ts';
import { percentile } from '../bench-table.ts';
import { FIRST_READY, STORM } from '../storm-pod.ts';
import { type Storm, startStorm } from '../storm.ts';

const PODS = 5000;
const SETTLE_WITHIN_MS = 20_000;
const MB = 1024 * 1024;

/** Every pod changes again and again; the page has each of its last states in the end. */
export const watchStorm: BenchRow = {
  name: 'watch-storm',
  goal: '2,000 watch events a second reach the page: events/s and their age',
  run: (bench) =>
    withStorm(bench, async ({ storm, host, rows, ages }) => {
      await host.resetDelay();
      const startedAt = performance.now();
      const { sent } = await storm.send({ do: 'modify', perSecond: 2000, seconds: bench.quick ? 5 : 20 });
      await settled(rows, storm);
      const tookMs = performance.now() - startedAt;
      const { delayP99Ms } = await host.read();
      return [
        { what: 'events applied', unit: 'events/s', values: [(sent * 1000) / tookMs] },
        { what: 'age p50 from sending to the page', unit: 'ms', values: [percentile(ages, 0.5)] },
        { what: 'age p99 from sending to the page', unit: 'ms', values: [percentile(ages, 0.99)] },
        { what: 'event-loop delay p99 of the host', unit: 'ms', values: [delayP99Ms] },
      ];
    }),
};

/** As many replaced pods as a busy hour has (20 a second), as fast as they can be followed: memory must come back. */
export const churnHour: BenchRow = {
  name: 'churn-hour',
  goal: 'an hour of churn leaves no memory behind',
  run: (bench) =>
    withStorm(bench, async ({ storm, host, rows }) => {
      const before = await host.read();
      const perSecond = 2000;
      const replaced = bench.quick ? 10_000 : 72_000;
      await storm.send({ do: 'replace', perSecond, seconds: replaced / perSecond });
      await settled(rows, storm);
      const after = await host.read();
      return [
        {
          what: `heap after ${replaced} replaced pods, against before`,
          unit: 'MB',
          values: [(after.heapUsed - before.heapUsed) / MB],
        },
        { what: 'heap of the host after it', unit: 'MB', values: [after.heapUsed / MB] },
        { what: 'peak memory of the host (RSS)', unit: 'MB', values: [after.peakRss / MB] },
      ];
    }),
};

interface Watched {
  readonly storm: Storm;
  readonly host: BenchHost;
  readonly rows: ReadonlyMap<string, PodRow>;
  /** Milliseconds from the sending of each state that reached the page to its arrival. */
  readonly ages: readonly number[];
}

async function withStorm<T>(bench: Bench, run: (watched: Watched) => Promise<T>): Promise<T> {
  const storm = await startStorm(PODS);
  const host = await startBenchHost(bench, storm.entry);
  try {
    const page = await openBenchPage(host.url);
    const rows = new Map<string, PodRow>();
    const ages: number[] = [];
    const isLive = Promise.withResolvers<void>();
    const following = follow(page, rows, ages, isLive.resolve);
    await Promise.race([isLive.promise, following]);
    const result = await run({ storm, host, rows, ages });
    page.close();
    await following.catch(() => undefined);
    return result;
  } finally {
    await host.stop();
    await storm.stop();
  }
}

async function follow(
  { client }: BenchPage,
  rows: Map<string, PodRow>,
  ages: number[],
  live: () => void,
): Promise<void> {
  for await (const item of await client.daemonSet.watchPods({ contextName: CONTEXT, ...STORM })) {
    applyItem(rows, item);
    if (item.state.phase === 'live') live();
    if (item.type !== 'batch' || item.state.phase !== 'live') continue;
    const now = Date.now();
    for (const { readySince } of item.upserted)
      if (readySince !== undefined && readySince !== FIRST_READY) ages.push(now - Date.parse(readySince));
  }
}

/** @throws Error when the page's rows do not become the server's */
async function settled(rows: ReadonlyMap<string, PodRow>, storm: Storm): Promise<void> {
  const truth = await storm.versions();
  const isRight = () =>
    rows.size === truth.size && [...truth].every(([uid, version]) => rows.get(uid)?.resourceVersion === version);
  const deadline = performance.now() + SETTLE_WITHIN_MS;
  while (!isRight()) {
    if (performance.now() > deadline) throw new Error(`${rows.size} rows are not the server's ${truth.size}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
