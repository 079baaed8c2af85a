import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCore } from '../../src/core/create-core.ts';
import { openSession } from '../../src/core/session.ts';
import { systemClock } from '../../src/core/system-clock.ts';
import type { ReadState } from '../../src/shared/contract/live.ts';
import { FaultProxy } from '../faults/fault-proxy.ts';
import { buildClusterKit } from './cluster-kit.ts';
import { aDaemonSet } from './manifests.ts';
import { type RealCluster, startRealCluster } from './real-cluster.ts';

let cluster: RealCluster;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'everynode-core-cluster-'));
  cluster = await startRealCluster({ kit: await buildClusterKit(), nodes: 3, name: 'core' });
  const applied = await cluster.kubectl(['apply', '-f', '-'], { input: JSON.stringify(aDaemonSet('agent')) });
  expect(applied.code).toBe(0);
  expect((await cluster.kubectl(['rollout', 'status', 'daemonset/agent', '--timeout=30s'])).code).toBe(0);
}, 120_000);

afterAll(async () => {
  await cluster.stop();
  await rm(folder, { recursive: true });
});

async function openCore(kubeconfigPath = cluster.kubeconfigPath) {
  const core = await createCore({
    version: '0',
    host: 'server',
    platform: process.platform,
    dataDir: folder,
    kubeconfigArgs: [kubeconfigPath],
    env: {},
    clock: systemClock,
    log: () => undefined,
    demoProcess: () => Promise.reject(new Error('no demo here')),
  });
  const page = openSession('page');
  const client = createRouterClient(core.router, { context: { session: page.session } });
  let contextName = '';
  for await (const { contexts } of await client.context.watch()) {
    contextName = contexts[0]?.contextName ?? '';
    break;
  }
  return { core, page, client, contextName };
}

/** Reads to the first live item and leaves the stream. */
async function live<Item extends { readonly state: ReadState }>(items: Promise<AsyncIterable<Item>>): Promise<Item> {
  for await (const item of await items) if (item.state.phase === 'live') return item;
  throw new Error('the stream ended');
}

describe('the core on a real control plane', () => {
  it('reads what kubectl reads', async () => {
    const { core, page, client, contextName } = await openCore();
    await client.context.open({ contextName });
    const info = await live(client.cluster.watchInfo({ contextName }));
    expect(info.value).toMatchObject({ serverVersion: expect.stringMatching(/^v1\.37\./) as string, nodes: 3 });
    const list = await live(client.daemonSet.watchList({ contextName, namespaces: ['default'] }));
    const row = list.type === 'full' ? list.rows[0] : list.upserted[0];
    expect(row).toMatchObject({ name: 'agent', desired: 3, available: 3 });
    const said = await cluster.kubectl(['get', 'daemonset', 'agent', '-o', 'jsonpath={.metadata.uid}']);
    expect(row?.uid).toBe(said.stdout);
    page.close();
    await core.dispose();
  });

  it('refuses a restart for a uid that is not there, and leaves the object as it was', async () => {
    const { core, page, client, contextName } = await openCore();
    await client.context.open({ contextName });
    const before = await cluster.kubectl(['get', 'daemonset', 'agent', '-o', 'jsonpath={.metadata.generation}']);
    const target = { contextName, namespace: 'default', name: 'agent', uid: '00000000-0000-4000-8000-000000000000' };
    await expect(client.daemonSet.restart(target)).rejects.toMatchObject({ data: { reason: 'Conflict' } });
    const after = await cluster.kubectl(['get', 'daemonset', 'agent', '-o', 'jsonpath={.metadata.generation}']);
    expect(after.stdout).toBe(before.stdout);
    page.close();
    await core.dispose();
  });

  it('is noticed when its network goes silent under a visible page, long before the watch is, and what changed meanwhile is shown', async () => {
    const relay = await FaultProxy.start(Number(new URL(cluster.serverUrl).port));
    const throughRelay = join(folder, 'through-relay');
    const text = await readFile(cluster.kubeconfigPath, 'utf8');
    await writeFile(throughRelay, text.replaceAll(cluster.serverUrl, `https://127.0.0.1:${relay.port}`), {
      mode: 0o600,
    });
    const { core, page, client, contextName } = await openCore(throughRelay);
    await client.context.open({ contextName });
    await client.page.setVisibility({ visibility: 'visible' });
    const phases: string[] = [];
    let silent = false;
    for await (const { state, ...item } of await client.daemonSet.watchList({ contextName, namespaces: ['default'] })) {
      phases.push(state.phase);
      const rows = item.type === 'full' ? item.rows : item.upserted;
      if (rows.some(({ labels }) => labels['seen'] === 'again')) break;
      if (state.phase === 'live' && !silent) {
        // Live is told with the watch that has been answered.
        await client.page.setVisibility({ visibility: 'visible' });
        relay.change({ kind: 'silent' });
        silent = true;
        expect((await cluster.kubectl(['label', 'daemonset', 'agent', 'seen=again'])).code).toBe(0);
      }
      if (state.phase === 'stale') expect(state.error.message).toMatch(/fell silent|did not answer/);
    }
    expect(phases).toContain('stale');
    page.close();
    await core.dispose();
    await relay.close();
  }, 60_000);

  // An error of a stream that nobody listens to any more would end the run as an uncaught exception.
  it.each([1, 2, 3])('ends in the midst of closing streams without an error (%i)', async () => {
    const { core, page, client, contextName } = await openCore();
    await client.context.open({ contextName });
    const list = await live(client.daemonSet.watchList({ contextName, namespaces: 'all' }));
    const uid = (list.type === 'full' ? list.rows : list.upserted)[0]?.uid ?? '';
    const ref = { contextName, namespace: 'default', name: 'agent' };
    await live(client.cluster.watchInfo({ contextName }));
    await live(client.cluster.watchNamespaces({ contextName }));
    await live(client.daemonSet.watchOne(ref));
    await live(client.daemonSet.watchPods({ ...ref, uid }));
    await core.dispose();
    page.close();
    await new Promise((resolve) => setImmediate(resolve));
    expect(page.session.signal.aborted).toBe(true);
  });
});
