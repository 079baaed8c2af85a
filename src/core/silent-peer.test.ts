import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConnectionFixture, testAuthority, until } from '../../tests/fakes/connection-fixture.ts';
import { FakeClock } from '../../tests/fakes/fake-clock.ts';
import { replyJson, type ScriptedApiServer } from '../../tests/fakes/scripted-api-server.ts';
import { FaultProxy } from '../../tests/faults/fault-proxy.ts';
import type { ReadState } from '../shared/contract/live.ts';
import { VISIBLE_FOR_MS } from '../shared/contract/visibility.ts';
import { type Core, createCore } from './create-core.ts';
import { openSession } from './session.ts';

const fixture = new ConnectionFixture();
let folder: string;
let core: Core;
let clock: FakeClock;
let server: ScriptedApiServer;
let relay: FaultProxy;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'everynode-silence-'));
  clock = new FakeClock();
});

afterEach(async () => {
  await core.dispose();
  expect(clock.pendingTimers).toBe(0);
  await fixture.close();
  await rm(folder, { recursive: true });
});

/** A core whose one context is a quiet cluster behind a relay: lists, and watches that say nothing. */
async function aQuietCluster(http2: boolean): Promise<void> {
  server = await fixture.secureServer((request, reply) => {
    const url = new URL(request.url ?? '/', 'http://test');
    if (url.pathname === '/version') return replyJson(reply, 200, { gitVersion: 'v1.37.2' });
    if (url.pathname.endsWith('/selfsubjectreviews')) return replyJson(reply, 201, { status: {} });
    if (!url.searchParams.has('watch')) return replyJson(reply, 200, { metadata: { resourceVersion: '5' }, items: [] });
    reply.writeHead(200, { 'content-type': 'application/json' });
    return void reply.write(`{"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"6"}}}\n`);
  }, http2);
  relay = fixture.own(await FaultProxy.start(server.port));
  const authority = Buffer.from(testAuthority.cert).toString('base64');
  const config = {
    contexts: [{ name: 'prod', context: { cluster: 'prod', user: 'jane' } }],
    clusters: [
      {
        name: 'prod',
        cluster: { server: `https://127.0.0.1:${relay.port}`, 'certificate-authority-data': authority },
      },
    ],
    users: [{ name: 'jane', user: { token: 'good' } }],
  };
  const path = join(folder, 'config');
  await writeFile(path, JSON.stringify(config));
  core = await createCore({
    version: '1.2.3',
    host: 'server',
    platform: 'linux',
    dataDir: join(folder, 'data'),
    kubeconfigArgs: [path],
    env: {},
    home: folder,
    clock,
    random: () => 0,
    log: () => undefined,
    demoProcess: () => Promise.reject(new Error('no demo here')),
  });
}

/** A page that reads the list; what it was told of the reading, and whether it says that it is visible. */
async function aPage() {
  const page = openSession('page');
  const client = createRouterClient(core.router, { context: { session: page.session } });
  await client.context.open({ contextName: 'prod' });
  const states: ReadState[] = [];
  const stream = await client.daemonSet.watchList({ contextName: 'prod', namespaces: 'all' });
  const ended = (async () => {
    for await (const item of stream) states.push(item.state);
  })();
  ended.catch(() => undefined);
  const show = (visibility: 'visible' | 'hidden') => client.page.setVisibility({ visibility });
  const phase = () => states.at(-1)?.phase;
  await until(() => watches() > 0);
  // Batches are at most one a frame.
  await clock.advance(20);
  await until(() => phase() === 'live');
  return { show, states, phase, close: page.close };
}

function watches(): number {
  return server.requests.filter(({ url }) => url?.includes('watch=true')).length;
}

function probes(): number {
  // The first one opened the context.
  return server.requests.filter(({ url }) => url === '/version').length - 1;
}

describe.each([
  { name: 'HTTP/2', http2: true },
  { name: 'HTTP/1.1', http2: false },
])('a peer that falls silent over $name', ({ http2 }) => {
  it('is noticed in less than 20 s while a page shows what it tells, and left for another connection', async () => {
    await aQuietCluster(http2);
    const { show, states, phase, close } = await aPage();
    await show('visible');
    relay.change({ kind: 'silent' });
    await clock.advance(20_000);
    await until(() => states.some((state) => state.phase === 'stale'));
    const stale = states.find((state) => state.phase === 'stale');
    expect(stale).toMatchObject({ error: { message: expect.stringMatching(/fell silent|did not answer within 5 s/) } });
    await clock.advance(2000);
    await until(() => phase() === 'live');
    close();
  });

  it('is not looked for while the page is hidden', async () => {
    await aQuietCluster(http2);
    const { show, states, close } = await aPage();
    await show('visible');
    await show('hidden');
    relay.change({ kind: 'silent' });
    await clock.advance(80_000);
    expect(states.some((state) => state.phase === 'stale')).toBe(false);
    await clock.advance(10_000);
    await until(() => states.some((state) => state.phase === 'stale'));
    close();
  });
});

describe('a quiet cluster', () => {
  afterEach(async () => {
    await core.dispose();
    await until(() => server.openSockets === 0);
  });

  it('is asked every 14 s whether it is there, and the page is told of nothing', async () => {
    await aQuietCluster(true);
    const { show, states, close } = await aPage();
    const told = states.length;
    for (let turn = 1; turn <= 5; turn++) {
      await show('visible');
      await clock.advance(14_000);
      await until(() => probes() === turn);
    }
    expect(states).toHaveLength(told);
    expect([watches(), server.accepted]).toEqual([1, 1]);
    close();
  });

  it('is asked no more when its page has vanished without a word, and none the more for a second window', async () => {
    await aQuietCluster(true);
    const first = await aPage();
    const second = await aPage();
    await first.show('visible');
    await second.show('visible');
    await clock.advance(14_000);
    await until(() => probes() === 1);
    second.close();
    await clock.advance(VISIBLE_FOR_MS + 14_000);
    const asked = probes();
    expect(asked).toBeGreaterThan(1);
    await clock.advance(60_000);
    expect(probes()).toBe(asked);
    first.close();
  });

  it('is asked no more when the visible page reads something else', async () => {
    await aQuietCluster(true);
    const { show, close } = await aPage();
    const other = openSession('other');
    const client = createRouterClient(core.router, { context: { session: other.session } });
    await client.page.setVisibility({ visibility: 'visible' });
    await clock.advance(50_000);
    expect(probes()).toBe(0);
    await show('hidden');
    other.close();
    close();
  });
});
