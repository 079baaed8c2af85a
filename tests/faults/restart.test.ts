import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Core, createCore } from '../../src/core/create-core.ts';
import { openSession } from '../../src/core/session.ts';
import { type DemoCluster, startDemoCluster } from '../../src/demo/start-demo.ts';
import { ManualClock } from '../../src/demo/manual-clock.ts';
import type { RowsItem } from '../../src/shared/contract/live.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { FaultProxy } from './fault-proxy.ts';

const CONTEXTS = 20;

let folder: string;
let demo: DemoCluster;
let core: Core;
let clock: FakeClock;
let proxies: readonly FaultProxy[];
let page: ReturnType<typeof openSession>;
/** Names shown and the phase, by context. */
const shown = new Map<string, { readonly phase: string; readonly names: ReadonlySet<string> }>();

/** Context i of one kubeconfig speaks to the one API server through a network of its own. */
function kubeconfig(): string {
  const each = proxies.map((proxy, index) => ({
    name: `c${index}`,
    cluster: { server: `http://127.0.0.1:${proxy.port}` },
    context: { cluster: `c${index}`, user: 'demo' },
  }));
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: each.map(({ name, cluster }) => ({ name, cluster })),
    contexts: each.map(({ name, context }) => ({ name, context })),
    users: [{ name: 'demo', user: { token: demo.token } }],
  });
}

/** Repeatable numbers from 0 to below 1 (a linear congruential generator). */
function seeded(): () => number {
  let state = 42;
  return () => (state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32) / 2 ** 32;
}

beforeEach(async () => {
  clock = new FakeClock();
  folder = await mkdtemp(join(tmpdir(), 'everynode-restart-'));
  demo = await startDemoCluster({ nodes: 6, clock: new ManualClock() });
  const port = Number(new URL(demo.url).port);
  proxies = await Promise.all(Array.from({ length: CONTEXTS }, () => FaultProxy.start(port, clock)));
  const path = join(folder, 'config');
  await writeFile(path, kubeconfig(), { mode: 0o600 });
  core = await createCore({
    version: '0',
    host: 'server',
    platform: process.platform,
    dataDir: folder,
    kubeconfigArgs: [path],
    env: {},
    clock,
    random: seeded(),
    log: () => undefined,
    demoProcess: () => Promise.reject(new Error('no demo here')),
  });
  page = openSession('page');
});

afterEach(async () => {
  page.close();
  await core.dispose();
  for (let turn = 0; turn < 2000 && proxies.some((proxy) => proxy.open > 0); turn += 1) await turns(1);
  expect(proxies.filter((proxy) => proxy.open > 0)).toEqual([]);
  expect(clock.pendingTimers).toBe(0);
  await Promise.all(proxies.map((proxy) => proxy.close()));
  await demo.close();
  await rm(folder, { recursive: true });
  shown.clear();
});

function client() {
  return createRouterClient(core.router, { context: { session: page.session } });
}

async function follow(
  contextName: string,
  items: AsyncIterable<RowsItem<{ readonly uid: string; readonly name: string }>>,
) {
  const rows = new Map<string, string>();
  for await (const item of items) {
    if (item.type === 'full') rows.clear();
    for (const row of item.type === 'full' ? item.rows : item.upserted) rows.set(row.uid, row.name);
    for (const uid of item.type === 'batch' ? item.deletedUids : []) rows.delete(uid);
    shown.set(contextName, { phase: item.state.phase, names: new Set(rows.values()) });
  }
}

async function openAll(): Promise<void> {
  for (let index = 0; index < CONTEXTS; index += 1) {
    const contextName = `c${index}`;
    const opening = client().context.open({ contextName });
    await passUntil(`${contextName} open`, opening);
    const items = await client().daemonSet.watchList({ contextName, namespaces: 'all' });
    follow(contextName, items).catch((error: unknown) => {
      if (!page.session.signal.aborted) throw error;
    });
  }
  await passUntil('all live', () => everyContext('live'));
}

function everyContext(phase: string): boolean {
  return shown.size === CONTEXTS && [...shown.values()].every((each) => each.phase === phase);
}

/** Lets the clock go on in small steps until it is so. */
async function passUntil(what: string, done: Promise<unknown> | (() => boolean)): Promise<void> {
  let isDone = false;
  const condition = typeof done === 'function' ? done : () => isDone;
  if (typeof done !== 'function') {
    await Promise.race([done.then(() => (isDone = true)), turns(200)]);
    if (!isDone) void done.then(() => (isDone = true));
  }
  for (let step = 0; step < 20_000 && !condition(); step += 1) {
    await clock.advance(5);
    await turns(1);
  }
  if (!condition()) throw new Error(`never came: ${what} ${JSON.stringify([...shown])}`);
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
}

it('an API server that restarts under 20 contexts is met by each at a time of its own, and every row is right again', async () => {
  await openAll();
  const watches = proxies.map((proxy) => proxy.open);
  const before = proxies.map((proxy) => proxy.acceptedAt.length);
  for (const proxy of proxies) proxy.weather = { kind: 'refuse' };
  for (const proxy of proxies) proxy.cut('reset');
  await passUntil('all stale', () => everyContext('stale'));
  expect([...shown.values()].every((each) => each.names.size > 0)).toBe(true);
  await clock.advance(20_000);
  demo.store.daemonSets.remove('platform/arm-tuner');
  for (const proxy of proxies) proxy.weather = { kind: 'clear' };
  await passUntil('all live again', () => everyContext('live'));
  const expected = new Set(demo.store.daemonSets.items().map((each) => each.metadata.name));
  await passUntil('all right', () =>
    [...shown.values()].every(({ names }) => names.symmetricDifference(expected).size === 0),
  );

  const first = proxies.map((proxy, index) => proxy.acceptedAt[before[index] ?? 0] ?? 0);
  expect(new Set(first).size).toBeGreaterThanOrEqual(CONTEXTS - 2);
  for (const [index, proxy] of proxies.entries()) {
    // Besides its watches a context has at most 8 requests under way.
    expect(proxy.peak).toBeLessThanOrEqual((watches[index] ?? 0) + 8);
  }
}, 60_000);
