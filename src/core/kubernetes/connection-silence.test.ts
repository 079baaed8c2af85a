import { afterEach, describe, expect, it } from 'vitest';
import { anySignal, ConnectionFixture, failureOf, textOf, until } from '../../../tests/fakes/connection-fixture.ts';
import { FakeClock } from '../../../tests/fakes/fake-clock.ts';
import { replyJson } from '../../../tests/fakes/scripted-api-server.ts';
import type { ApiReply, ScriptedApiServer } from '../../../tests/fakes/scripted-api-server.ts';
import { FaultProxy } from '../../../tests/faults/fault-proxy.ts';
import type { ApiConnection, ApiStream } from './api-connection.ts';
import { PROBE_AFTER_MS, PROBE_LIMIT_MS } from './vigil.ts';

const fixture = new ConnectionFixture();
afterEach(() => fixture.close());

interface Peer {
  readonly clock: FakeClock;
  readonly server: ScriptedApiServer;
  readonly relay: FaultProxy;
  readonly connection: ApiConnection;
  /** Watches that were opened, for the test to write on. */
  readonly watches: readonly ApiReply[];
  readonly probes: () => number;
}

/** A server whose watches stay open, and which answers /version as it is told, behind a relay that can go silent. */
async function aPeer({ version = 200 as number | 'silent', http2 = true } = {}): Promise<Peer> {
  const clock = new FakeClock();
  const watches: ApiReply[] = [];
  const server = await fixture.secureServer((request, reply) => {
    if (request.url !== '/version') {
      reply.writeHead(200, { 'content-type': 'application/json' });
      reply.write('{}\n');
      watches.push(reply);
    } else if (version !== 'silent') replyJson(reply, version, {});
  }, http2);
  const relay = fixture.own(await FaultProxy.start(server.port));
  const connection = fixture.connect(`https://127.0.0.1:${relay.port}`, { deps: { clock } });
  const probes = () => server.requests.filter(({ url }) => url === '/version').length;
  return { clock, server, relay, connection, watches, probes };
}

interface Reading {
  readonly stream: ApiStream;
  readonly chunks: readonly string[];
  readonly ended: Promise<unknown>;
}

async function read(connection: ApiConnection, purpose: 'watch' | 'log' = 'watch'): Promise<Reading> {
  const stream = await connection.stream({ path: '/watch', signal: anySignal(), purpose });
  const chunks: string[] = [];
  const ended = (async () => {
    for await (const chunk of stream.chunks) chunks.push(textOf(chunk));
  })();
  ended.catch(() => undefined);
  await until(() => chunks.length > 0);
  return { stream, chunks, ended };
}

describe('an HTTP/2 connection that says nothing while somebody looks', () => {
  it.each([200, 401, 500])('is probed, and stays as it is when the answer is %i', async (version) => {
    const { clock, server, connection, watches, probes } = await aPeer({ version });
    connection.attention.hold();
    const { chunks } = await read(connection);
    await clock.advance(PROBE_AFTER_MS - 1);
    expect(probes()).toBe(0);
    await clock.advance(1);
    await until(() => probes() === 1);
    await clock.advance(PROBE_LIMIT_MS);
    watches[0]?.write('still here\n');
    await until(() => chunks.includes('still here\n'));
    expect(server.accepted).toBe(1);
  });

  it('is cut when it does not answer within 5 s: every watch on it ends with words, and the next goes over another', async () => {
    const { clock, relay, connection, probes } = await aPeer();
    connection.attention.hold();
    const readings = [await read(connection), await read(connection), await read(connection)];
    relay.change({ kind: 'silent' });
    await clock.advance(PROBE_AFTER_MS + PROBE_LIMIT_MS);
    for (const { ended } of readings) {
      const failure = await failureOf(ended);
      expect(failure.data).toMatchObject({ reason: 'Disconnected', retry: true });
      expect(failure.message).toMatch(/^The API server 127\.0\.0\.1:\d+ fell silent: it left a question unanswered/);
    }
    expect(relay.accepted).toBe(1);
    await read(connection);
    expect(relay.accepted).toBe(2);
    expect(probes()).toBe(0);
  });

  it('is asked once, however many watches run on it', async () => {
    const { clock, connection, probes } = await aPeer();
    connection.attention.hold();
    for (let nth = 0; nth < 10; nth++) await read(connection);
    await clock.advance(PROBE_AFTER_MS);
    await until(() => probes() === 1);
    await clock.advance(PROBE_AFTER_MS - 1);
    expect(probes()).toBe(1);
    await clock.advance(1);
    await until(() => probes() === 2);
  });

  it('is not asked while any of its watches tells something', async () => {
    const { clock, connection, watches, probes } = await aPeer();
    connection.attention.hold();
    const { chunks } = await read(connection);
    await read(connection);
    for (let turn = 1; turn <= 4; turn++) {
      await clock.advance(PROBE_AFTER_MS - 1000);
      watches[0]?.write(`${turn}\n`);
      await until(() => chunks.includes(`${turn}\n`));
    }
    expect(probes()).toBe(0);
  });

  it('is kept when a watch tells something while the probe is not answered', async () => {
    const { clock, server, connection, watches, probes } = await aPeer({ version: 'silent' });
    connection.attention.hold();
    const { chunks } = await read(connection);
    await clock.advance(PROBE_AFTER_MS);
    await until(() => probes() === 1);
    watches[0]?.write('slow, not dead\n');
    await until(() => chunks.includes('slow, not dead\n'));
    await clock.advance(PROBE_LIMIT_MS);
    watches[0]?.write('on\n');
    await until(() => chunks.includes('on\n'));
    expect(server.accepted).toBe(1);
  });

  it('is given up without a question when requests go over another already, as after one that was not answered', async () => {
    const { clock, server, relay, connection, probes } = await aPeer();
    const { script } = server;
    server.script = (request, reply) => (request.url === '/slow' ? undefined : script(request, reply));
    connection.attention.hold();
    const { ended } = await read(connection);
    const slow = failureOf(connection.get({ path: '/slow', signal: anySignal(), timeoutMs: 1000 }));
    await until(() => server.requests.length === 2);
    await clock.advance(1000);
    expect((await slow).reason).toBe('Unreachable');
    await read(connection);
    expect(relay.accepted).toBe(2);
    await clock.advance(PROBE_AFTER_MS - 1000);
    expect((await failureOf(ended)).message).toMatch(/^The old connection to .* fell silent and was given up\.$/);
    expect(probes()).toBe(0);
  });

  it('carries quiet logs too: they are probed on their own connection, and cut when it is dead', async () => {
    const { clock, relay, connection, probes } = await aPeer();
    connection.attention.hold();
    const log = await read(connection, 'log');
    await clock.advance(PROBE_AFTER_MS);
    await until(() => probes() === 1);
    await clock.advance(1000);
    relay.change({ kind: 'silent' });
    await clock.advance(PROBE_AFTER_MS + PROBE_LIMIT_MS);
    expect((await failureOf(log.ended)).reason).toBe('Disconnected');
  });
});

describe('a connection that nobody looks at', () => {
  it('is never probed, and is probed at once when somebody comes back', async () => {
    const { clock, connection, probes } = await aPeer();
    await read(connection);
    await clock.advance(300_000);
    expect([probes(), clock.pendingTimers]).toEqual([0, 0]);
    const leave = connection.attention.hold();
    await clock.advance(0);
    await until(() => probes() === 1);
    await clock.advance(0);
    leave();
    await clock.advance(300_000);
    expect([probes(), clock.pendingTimers]).toEqual([1, 0]);
  });

  it('is not probed more often for pages that come and go', async () => {
    const { clock, connection, probes } = await aPeer({ version: 'silent' });
    await read(connection);
    await clock.advance(60_000);
    for (let turn = 0; turn < 20; turn++) {
      connection.attention.hold()();
      const leave = connection.attention.hold();
      await clock.advance(10);
      leave();
    }
    await until(() => probes() === 1);
    expect(probes()).toBe(1);
  });
});

describe('probing', () => {
  it('needs a request that runs: an idle connection has no timer', async () => {
    const { clock, connection, probes } = await aPeer();
    connection.attention.hold();
    const { stream } = await read(connection);
    stream.close();
    await until(() => clock.pendingTimers === 0);
    await clock.advance(60_000);
    expect(probes()).toBe(0);
  });

  it('is not done on HTTP/1.1, where it would go over another connection', async () => {
    const { clock, connection, probes } = await aPeer({ http2: false });
    connection.attention.hold();
    await read(connection);
    await clock.advance(60_000);
    expect(probes()).toBe(0);
  });

  it('leaves neither socket nor timer when the connection is disposed of in the middle of it', async () => {
    const { clock, server, connection, probes } = await aPeer({ version: 'silent' });
    connection.attention.hold();
    const { ended } = await read(connection);
    await clock.advance(PROBE_AFTER_MS);
    await until(() => probes() === 1);
    await connection.dispose();
    await failureOf(ended);
    await until(() => server.openSockets === 0);
    expect(clock.pendingTimers).toBe(0);
  });
});
