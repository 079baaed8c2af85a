import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { writeKubeconfig } from '../../e2e/fixtures/kubeconfig.ts';
import { createCore } from '../../src/core/create-core.ts';
import { openSession } from '../../src/core/session.ts';
import type { PodRow } from '../../src/shared/kubernetes/rows.ts';
import { FaultProxy } from '../../tests/faults/fault-proxy.ts';
import { CONTEXT } from '../bench-host.ts';
import { applyItem } from '../bench-page.ts';
import type { Bench, BenchRow } from '../bench-row.ts';
import { fastClock } from '../fast-clock.ts';
import { FIRST_READY, STORM } from '../storm-pod.ts';
import { type Storm, startStorm } from '../storm.ts';

const FACTOR = 15;
const PODS = 24;

/** Seconds of the core's clock. */
interface Noticed {
  readonly noticedS: number;
  readonly rightS: number;
}

/** The connection of a watch goes silent without an end while its page is visible; the core's clock runs 15 times as fast. */
export const silentPeer: BenchRow = {
  name: 'silent-peer',
  goal: 'a silent peer is noticed in ≤ 20 s while its page is visible; what changed meanwhile is shown after it',
  run: async (bench) => [...(await measure(bench, 'http2', 'HTTP/2')), ...(await measure(bench, 'http1', 'HTTP/1.1'))],
};

async function measure(bench: Bench, protocol: 'http1' | 'http2', name: string) {
  const runs: Noticed[] = [];
  for (let time = 0; time < (bench.quick ? 1 : 3); time++) runs.push(await runOnce(bench, protocol));
  return [
    {
      what: `${name}: silence until the page is told`,
      unit: 's',
      values: runs.map((run) => run.noticedS),
      goal: { atMost: 20 },
    },
    { what: `${name}: silence until its rows are right`, unit: 's', values: runs.map((run) => run.rightS) },
  ];
}

async function runOnce(bench: Bench, protocol: 'http1' | 'http2'): Promise<Noticed> {
  const storm = await startStorm(PODS, protocol);
  const relay = await FaultProxy.start(Number(new URL(storm.entry.cluster.server).port));
  try {
    return await watchThrough(bench, relay, storm);
  } finally {
    await relay.close();
    await storm.stop();
  }
}

async function watchThrough(bench: Bench, relay: FaultProxy, storm: Storm): Promise<Noticed> {
  const clock = fastClock(FACTOR);
  const home = await mkdtemp(join(bench.folder, 'silent-'));
  const { cluster } = storm.entry;
  const server = `${new URL(cluster.server).protocol}//127.0.0.1:${relay.port}`;
  const entry = { ...storm.entry, cluster: { ...cluster, server } };
  const core = await createCore({
    version: '0',
    host: 'server',
    platform: process.platform,
    dataDir: join(home, 'data'),
    kubeconfigArgs: [await writeKubeconfig(join(home, 'config'), { [CONTEXT]: entry })],
    env: {},
    home,
    clock,
    log: bench.tell,
    demoProcess: () => Promise.reject(new Error('this row has no demo cluster')),
  });
  const page = openSession('bench');
  try {
    const client = createRouterClient(core.router, { context: { session: page.session } });
    await client.context.open({ contextName: CONTEXT });
    const rows = new Map<string, PodRow>();
    let change: Promise<unknown> | undefined;
    let silentAt: number | undefined;
    let toldAt: number | undefined;
    let truth: ReadonlyMap<string, string> | undefined;
    for await (const item of await client.daemonSet.watchPods({ contextName: CONTEXT, ...STORM })) {
      applyItem(rows, item);
      if (silentAt !== undefined) toldAt ??= clock.now();
      if (item.state.phase === 'live' && change === undefined)
        change = storm.send({ do: 'modify', perSecond: 1, seconds: 1 });
      // Only a watch that has told something is surely open.
      if (silentAt === undefined && [...rows.values()].some(({ readySince }) => readySince !== FIRST_READY)) {
        await change;
        await client.page.setVisibility({ visibility: 'visible' });
        relay.change({ kind: 'silent' });
        silentAt = clock.now();
        // It is on its way a moment later, and never arrives.
        await storm.send({ do: 'modify', perSecond: PODS, seconds: 1 });
        truth = await storm.versions();
      } else if (silentAt !== undefined && toldAt !== undefined && truth && isRight(rows, truth)) {
        return { noticedS: (toldAt - silentAt) / 1000, rightS: (clock.now() - silentAt) / 1000 };
      }
    }
    throw new Error('the stream ended in the silence');
  } finally {
    page.close();
    await core.dispose();
  }
}

function isRight(rows: ReadonlyMap<string, PodRow>, truth: ReadonlyMap<string, string>): boolean {
  return rows.size === truth.size && [...rows.values()].every((row) => truth.get(row.uid) === row.resourceVersion);
}
