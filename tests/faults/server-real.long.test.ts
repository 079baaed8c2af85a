import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCore } from '../../src/core/create-core.ts';
import type { ApiConnection } from '../../src/core/kubernetes/api-connection.ts';
import { createConnection } from '../../src/core/kubernetes/connection.ts';
import { createDecodePool } from '../../src/core/kubernetes/decode-pool.ts';
import { createReflector, type Reflector } from '../../src/core/kubernetes/reflector.ts';
import { resourceDecoder } from '../../src/core/kubernetes/row-decoder.ts';
import { openSession } from '../../src/core/session.ts';
import { systemClock } from '../../src/core/system-clock.ts';
import { AppError } from '../../src/shared/errors/app-error.ts';
import type { DaemonSetRow } from '../../src/shared/kubernetes/rows.ts';
import { aDaemonSet } from '../cluster/manifests.ts';
import { buildClusterKit, type RealCluster, startRealCluster } from '../cluster/real-cluster.ts';
import { aContext } from '../fakes/contexts.ts';
import { FaultProxy } from './fault-proxy.ts';

const NAMES = ['a', 'b', 'c', 'd', 'e'] as const;
const PATH = '/apis/apps/v1/namespaces/default/daemonsets';
const CONTEXTS = 10;

let cluster: RealCluster;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'everynode-faults-real-'));
  cluster = await startRealCluster({ kit: await buildClusterKit(), nodes: 1, name: 'faults' });
  for (const name of NAMES) await apply(name);
});

afterAll(async () => {
  await cluster.stop();
  await rm(folder, { recursive: true });
});

async function apply(name: string, image = `registry.test/${name}:1`): Promise<void> {
  const input = JSON.stringify(aDaemonSet(name, { image }));
  expect(await cluster.kubectl(['apply', '-f', '-'], { input })).toMatchObject({ code: 0 });
}

async function remove(name: string): Promise<void> {
  expect(await cluster.kubectl(['delete', 'daemonset', name, '--wait=true'])).toMatchObject({ code: 0 });
}

/** uid to resourceVersion, as kubectl has it. */
async function truth(): Promise<string> {
  const fields = 'jsonpath={range .items[*]}{.metadata.uid}@{.metadata.resourceVersion} {end}';
  const { code, stdout } = await cluster.kubectl(['get', 'daemonsets', '-o', fields]);
  expect(code).toBe(0);
  return stdout.trim().split(' ').toSorted().join(' ');
}

function shown(reflector: Reflector<DaemonSetRow>): string {
  return [...reflector.rows.values()]
    .map((row) => `${row.uid}@${row.resourceVersion}`)
    .toSorted()
    .join(' ');
}

async function tokenUser(port: number) {
  const kubeconfig = await readFile(cluster.users['token-user'], 'utf8');
  const token = /token: "?([^\s"]+)/.exec(kubeconfig)?.[1] ?? '';
  const certificateAuthorityData = await readFile(cluster.caPath, 'utf8');
  const context = aContext(`https://127.0.0.1:${port}`, { certificateAuthorityData }, { token });
  return createConnection(context, { clock: systemClock, env: {} });
}

function reflect(connection: ApiConnection, pageSize: number): Reflector<DaemonSetRow> {
  return createReflector({
    connection,
    path: PATH,
    decoder: resourceDecoder(createDecodePool({ size: 1 }), 'daemonsets'),
    clock: systemClock,
    random: Math.random,
    pageSize,
  });
}

const apiPort = () => Number(new URL(cluster.serverUrl).port);

async function expectRight(reflector: Reflector<DaemonSetRow>): Promise<void> {
  await expect.poll(() => reflector.state.phase, { timeout: 60_000 }).toBe('live');
  await expect.poll(async () => shown(reflector) === (await truth()), { timeout: 60_000, interval: 500 }).toBe(true);
}

describe('a history that etcd has compacted', () => {
  it('under a list of pages is 410 as a status of the next page: the list is read again, and right', async () => {
    const real = await tokenUser(apiPort());
    const answers: string[] = [];
    let compacted = false;
    const connection: ApiConnection = {
      contextName: real.contextName,
      attention: real.attention,
      get httpVersion() {
        return real.httpVersion;
      },
      get waitingFor() {
        return real.waitingFor;
      },
      get: async (request) => {
        const isNext = request.query?.['continue'] !== undefined;
        if (isNext && !compacted) {
          compacted = true;
          await remove('a');
          await apply('f');
          await cluster.compactHistory();
          // What it has in memory it would still serve.
          await cluster.restartApiServer();
        }
        try {
          const answer = await real.get(request);
          answers.push(isNext ? 'next' : 'first');
          return answer;
        } catch (error) {
          answers.push(error instanceof AppError ? error.reason : 'unknown');
          throw error;
        }
      },
      stream: (request) => real.stream(request),
      dispose: () => real.dispose(),
    };
    const reflector = reflect(connection, 2);
    try {
      await expectRight(reflector);
      expect(answers.slice(0, 2)).toEqual(['first', 'Expired']);
      expect(answers.slice(-3)).toEqual(['first', 'next', 'next']);
      expect([...reflector.rows.values()].map(({ name }) => name).toSorted()).toEqual(['b', 'c', 'd', 'e', 'f']);
    } finally {
      await reflector.stop();
      await real.dispose();
    }
  });

  it('under a watch whose network was away: the read lists again, and is right', async () => {
    const relay = await FaultProxy.start(apiPort());
    const port = relay.port;
    const connection = await tokenUser(port);
    const reflector = reflect(connection, 500);
    const said: string[] = [];
    reflector.subscribe((change) => {
      const { state } = reflector;
      said.push(state.phase === 'stale' ? state.error.reason : change.type);
    });
    try {
      await expectRight(reflector);
      await relay.close();
      await expect.poll(() => reflector.state.phase).toBe('stale');
      await remove('b');
      await apply('g');
      await cluster.compactHistory();
      await cluster.restartApiServer();
      expect([...reflector.rows.values()].map(({ name }) => name)).toContain('b');
      const again = await FaultProxy.start(apiPort(), { listenOn: port });
      reflector.nudge();
      await expectRight(reflector);
      expect(said).toContain('Expired');
      expect([...reflector.rows.values()].map(({ name }) => name)).not.toContain('b');
      await reflector.stop();
      await again.close();
    } finally {
      await reflector.stop();
      await connection.dispose();
      await relay.close();
    }
  });
});

describe('an API server that is killed', () => {
  it(`under ${CONTEXTS} contexts is met again by each, not all at once, and every row is right`, async () => {
    const relays = await Promise.all(Array.from({ length: CONTEXTS }, () => FaultProxy.start(apiPort())));
    const { core, client, page } = await openContexts(relays.map(({ port }) => port));
    const names = new Map<string, string>();
    const liveAt = new Map<string, number>();
    const follow = async (contextName: string): Promise<void> => {
      const rows = new Map<string, string>();
      for await (const item of await client.daemonSet.watchList({ contextName, namespaces: 'all' })) {
        if (item.type === 'full') rows.clear();
        for (const row of item.type === 'full' ? item.rows : item.upserted) rows.set(row.uid, row.name);
        for (const uid of item.type === 'batch' ? item.deletedUids : []) rows.delete(uid);
        names.set(contextName, `${item.state.phase} ${[...rows.values()].toSorted().join(',')}`);
        if (item.state.phase === 'live' && !liveAt.has(contextName)) liveAt.set(contextName, Date.now());
      }
    };
    const contexts = relays.map((_relay, nth) => `c${nth}`);
    const following = contexts.map((contextName) =>
      follow(contextName).catch((error: unknown) => {
        if (!page.session.signal.aborted) throw error;
      }),
    );
    const all = (phase: string) => () => contexts.every((each) => names.get(each)?.startsWith(phase) === true);
    await expect.poll(all('live'), { timeout: 30_000 }).toBe(true);
    await cluster.stopApiServer();
    await expect.poll(all('stale'), { timeout: 30_000 }).toBe(true);
    liveAt.clear();
    await cluster.startApiServer();
    await apply('h');
    await remove('c');
    const now = (await cluster.kubectl(['get', 'daemonsets', '-o', 'jsonpath={.items[*].metadata.name}'])).stdout;
    const expected = `live ${now.split(' ').toSorted().join(',')}`;
    await expect.poll(() => contexts.filter((each) => names.get(each) !== expected), { timeout: 90_000 }).toEqual([]);
    expect(new Set(liveAt.values()).size).toBeGreaterThanOrEqual(CONTEXTS / 2);
    page.close();
    await core.dispose();
    await Promise.all([...following, ...relays.map((relay) => relay.close())]);
  });
});

async function openContexts(ports: readonly number[]) {
  const kubeconfig = await readFile(cluster.users['token-user'], 'utf8');
  const file = join(folder, 'config');
  const token = /token: "?([^\s"]+)/.exec(kubeconfig)?.[1] ?? '';
  const ca = (await readFile(cluster.caPath)).toString('base64');
  await writeFile(
    file,
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: ports.map((port, nth) => ({
        name: `s${nth}`,
        cluster: { server: `https://127.0.0.1:${port}`, 'certificate-authority-data': ca },
      })),
      users: [{ name: 'user', user: { token } }],
      contexts: ports.map((_port, nth) => ({ name: `c${nth}`, context: { cluster: `s${nth}`, user: 'user' } })),
    }),
    { mode: 0o600 },
  );
  const core = await createCore({
    version: '0',
    host: 'server',
    platform: process.platform,
    dataDir: folder,
    kubeconfigArgs: [file],
    env: {},
    clock: systemClock,
    log: () => undefined,
    demoProcess: () => Promise.reject(new Error('no demo here')),
  });
  const page = openSession('page');
  const client = createRouterClient(core.router, { context: { session: page.session } });
  await Promise.all(ports.map((_port, nth) => client.context.open({ contextName: `c${nth}` })));
  return { core, client, page };
}
