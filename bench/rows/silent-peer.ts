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

/** The connection of a watch goes silent without an end; the core's clock runs 15 times as fast. */
export const silentPeer: BenchRow = {
  name: 'silent-peer',
  goal: 'a silent peer is noticed in ≤ 20 s; the pods are live again after it',
  run: async (bench) => {
    const noticed: number[] = [];
    const back: number[] = [];
    for (let time = 0; time < (bench.quick ? 1 : 3); time++) {
      const run = await runOnce(bench);
      noticed.push(run.noticedS);
      back.push(run.backS);
    }
    return [
      { what: 'silence until the page is told', unit: 's', values: noticed, goal: { atMost: 20 } },
      { what: 'then until live again', unit: 's', values: back },
    ];
  },
};

async function runOnce(bench: Bench): Promise<{ readonly noticedS: number; readonly backS: number }> {
  const storm = await startStorm(PODS);
  const relay = await FaultProxy.start(Number(new URL(storm.entry.cluster.server).port));
  try {
    return await watchThrough(bench, relay, storm);
  } finally {
    await relay.close();
    await storm.stop();
  }
}

async function watchThrough(bench: Bench, relay: FaultProxy, storm: Storm) {
  const clock = fastClock(FACTOR);
  const home = await mkdtemp(join(bench.folder, 'silent-'));
  const entry = { ...storm.entry, cluster: { server: `http://127.0.0.1:${relay.port}` } };
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
    let staleAt: number | undefined;
    for await (const item of await client.daemonSet.watchPods({ contextName: CONTEXT, ...STORM })) {
      applyItem(rows, item);
      const { phase } = item.state;
      if (phase === 'live' && change === undefined) change = storm.send({ do: 'modify', perSecond: 1, seconds: 1 });
      // Only a watch that has told something is surely open.
      if (silentAt === undefined && [...rows.values()].some(({ readySince }) => readySince !== FIRST_READY)) {
        await change;
        relay.change({ kind: 'silent' });
        silentAt = clock.now();
      } else if (phase === 'stale' && silentAt !== undefined) staleAt ??= clock.now();
      else if (phase === 'live' && silentAt !== undefined && staleAt !== undefined) {
        if (rows.size !== PODS) throw new Error(`${rows.size} rows after the silence are not ${PODS}`);
        return { noticedS: (staleAt - silentAt) / 1000, backS: (clock.now() - staleAt) / 1000 };
      }
    }
    throw new Error('the stream ended in the silence');
  } finally {
    page.close();
    await core.dispose();
  }
}
