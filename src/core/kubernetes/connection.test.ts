import { afterEach, describe, expect, it } from 'vitest';
import { gzipSync } from 'node:zlib';
import {
  anySignal,
  ConnectionFixture,
  failureOf,
  serverCertificate,
  testAuthority,
  textOf,
  until,
} from '../../../tests/fakes/connection-fixture.ts';
import { replyJson, statusBody } from '../../../tests/fakes/scripted-api-server.ts';
import { FakeClock } from '../../../tests/fakes/fake-clock.ts';
import { FaultProxy } from '../../../tests/faults/fault-proxy.ts';
import type { Script } from '../../../tests/fakes/scripted-api-server.ts';
import type { GetRequest } from './api-connection.ts';

const fixture = new ConnectionFixture();
afterEach(() => fixture.close());

function get(path: string, more: Partial<GetRequest> = {}): GetRequest {
  return { path, signal: anySignal(), ...more };
}

const sayVersion: Script = (_request, reply) => replyJson(reply, 200, { gitVersion: 'v1.37.2' });

describe.each([
  { name: 'HTTP/2', http2: true, version: '2' },
  { name: 'HTTP/1.1 over TLS', http2: false, version: '1.1' },
])('a connection over $name', ({ http2, version }) => {
  it('gets a resource, with the path prefix of the server and the query', async () => {
    const server = await fixture.server({ tls: serverCertificate, http2 }, sayVersion);
    const connection = fixture.connect(`https://127.0.0.1:${server.port}/k8s/clusters/c-1/`);
    const answer = await connection.get(
      get('/version', { query: { limit: '500', continue: undefined, labelSelector: 'a in (b)' } }),
    );
    expect(JSON.parse(textOf(answer.body))).toEqual({ gitVersion: 'v1.37.2' });
    expect(server.requests[0]?.url).toBe('/k8s/clusters/c-1/version?limit=500&labelSelector=a+in+%28b%29');
    expect(connection.httpVersion).toBe(version);
  });

  it('keeps its connection for the next request', async () => {
    const server = await fixture.server({ tls: serverCertificate, http2 }, sayVersion);
    const connection = fixture.connect(`https://127.0.0.1:${server.port}`);
    for (let turn = 0; turn < 5; turn++) await connection.get(get('/version'));
    // On HTTP/1.1 the second request may come before the first connection is free again.
    expect(server.accepted).toBeLessThanOrEqual(http2 ? 1 : 2);
  });

  it('signs in with a client certificate, and the server sees its user', async () => {
    const server = await fixture.server({ tls: serverCertificate, clientCa: testAuthority.cert, http2 }, sayVersion);
    const client = testAuthority.issue({ commonName: 'jane', organization: 'admins' });
    const connection = fixture.connect(`https://127.0.0.1:${server.port}`, {
      user: { clientCertificateData: client.cert, clientKeyData: client.key },
    });
    expect((await connection.get(get('/version'))).status).toBe(200);
    const refused = await failureOf(fixture.connect(`https://127.0.0.1:${server.port}`).get(get('/version')));
    expect(refused.reason).toBe('Unreachable');
    expect(refused.message).toMatch(/client certificate|closed the connection/);
  });

  it('sends the token, and the server names the refusal', async () => {
    const server = await fixture.server({ tls: serverCertificate, http2 }, (request, reply) => {
      if (request.headers.authorization === 'Bearer good-token') replyJson(reply, 200, {});
      else replyJson(reply, 401, statusBody(401, 'Unauthorized', 'Unauthorized'));
    });
    const url = `https://127.0.0.1:${server.port}`;
    expect((await fixture.connect(url, { user: { token: 'good-token' } }).get(get('/version'))).status).toBe(200);
    const error = await failureOf(fixture.connect(url, { user: { token: 'bad-token' } }).get(get('/version')));
    expect(error.reason).toBe('Unauthorized');
    expect(error.message).toBe('The API server does not accept the credentials of test (401 Unauthorized).');
  });

  it('sends at most eight requests at once', async () => {
    let running = 0;
    let most = 0;
    const server = await fixture.server({ tls: serverCertificate, http2 }, (_request, reply) => {
      running++;
      most = Math.max(most, running);
      setTimeout(() => {
        running--;
        replyJson(reply, 200, {});
      }, 5);
    });
    const connection = fixture.connect(`https://127.0.0.1:${server.port}`);
    await Promise.all(Array.from({ length: 30 }, () => connection.get(get('/version'))));
    expect(most).toBeLessThanOrEqual(8);
    expect(most).toBeGreaterThan(1);
  });

  it('ends a request that is never answered at its time limit, and goes on', async () => {
    let silent = true;
    const server = await fixture.server({ tls: serverCertificate, http2 }, (_request, reply) => {
      if (!silent) replyJson(reply, 200, {});
    });
    const connection = fixture.connect(`https://127.0.0.1:${server.port}`);
    const error = await failureOf(connection.get(get('/version', { timeoutMs: 50 })));
    expect(error.data).toMatchObject({
      reason: 'Unreachable',
      message: `The API server 127.0.0.1:${server.port} did not answer within 0.05 s.`,
      contextName: 'test',
      retry: true,
    });
    silent = false;
    expect((await connection.get(get('/version'))).status).toBe(200);
  });

  it('ends a request whose body never ends at its time limit', async () => {
    const server = await fixture.server({ tls: serverCertificate, http2 }, (_request, reply) => {
      reply.writeHead(200, { 'content-type': 'application/json' });
      reply.write('{"items":[');
    });
    const error = await failureOf(
      fixture.connect(`https://127.0.0.1:${server.port}`).get(get('/version', { timeoutMs: 80 })),
    );
    expect(error.message).toContain('did not answer within');
  });

  it('is cancelled by its signal', async () => {
    const server = await fixture.server({ tls: serverCertificate, http2 }, () => undefined);
    const connection = fixture.connect(`https://127.0.0.1:${server.port}`);
    const controller = new AbortController();
    const answer = failureOf(connection.get(get('/version', { signal: controller.signal })));
    await until(() => server.requests.length === 1);
    controller.abort();
    expect((await answer).reason).toBe('Cancelled');
  });

  it('reads past a kept connection that the server has closed', async () => {
    const server = await fixture.server({ tls: serverCertificate, http2 }, sayVersion);
    const connection = fixture.connect(`https://127.0.0.1:${server.port}`);
    await connection.get(get('/version'));
    server.cut();
    expect((await connection.get(get('/version'))).status).toBe(200);
  });

  it('leaves a connection that has gone silent after the first request without an answer', async () => {
    const server = await fixture.secureServer(sayVersion, http2);
    const relay = fixture.own(await FaultProxy.start(server.port));
    const clock = new FakeClock();
    const connection = fixture.connect(`https://127.0.0.1:${relay.port}`, { deps: { clock } });
    await connection.get(get('/version'));
    // undici frees an HTTP/1.1 connection a turn after its answer.
    await new Promise<void>((resolve) => setImmediate(resolve));
    relay.change({ kind: 'silent' });
    const lost = failureOf(connection.get(get('/version')));
    await until(() => relay.connections.some(({ heldBytes }) => heldBytes > 0));
    await clock.advance(10_000);
    expect((await lost).reason).toBe('Unreachable');
    expect((await connection.get(get('/version'))).status).toBe(200);
  });

  it('leaves no socket behind when it is disposed of', async () => {
    const server = await fixture.server({ tls: serverCertificate, http2 }, (request, reply) => {
      if (request.url === '/slow') return;
      replyJson(reply, 200, {});
    });
    const connection = fixture.connect(`https://127.0.0.1:${server.port}`);
    await connection.get(get('/version'));
    const slow = failureOf(connection.get(get('/slow')));
    await until(() => server.requests.length === 2);
    await connection.dispose();
    expect((await slow).reason).toBe('Cancelled');
    await until(() => server.openSockets === 0);
    expect((await failureOf(connection.get(get('/version')))).reason).toBe('Cancelled');
  });
});

describe('a connection', () => {
  it('speaks plain http', async () => {
    const server = await fixture.server({}, sayVersion);
    const connection = fixture.connect(`http://127.0.0.1:${server.port}`);
    expect(connection.httpVersion).toBeUndefined();
    expect((await connection.get(get('/version'))).status).toBe(200);
    expect(connection.httpVersion).toBe('1.1');
  });

  it('hands out the texts of Warning headers', async () => {
    const server = await fixture.server({}, (_request, reply) =>
      replyJson(reply, 200, {}, { warning: '299 - "v1 is deprecated", 299 - "say \\"no\\""' }),
    );
    const answer = await fixture.connect(`http://127.0.0.1:${server.port}`).get(get('/x'));
    expect(answer.warnings).toEqual(['v1 is deprecated', 'say "no"']);
  });

  it('unpacks gzip', async () => {
    const server = await fixture.server({}, (_request, reply) => {
      reply.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
      reply.end(gzipSync('{"kind":"PodList"}'));
    });
    expect(textOf((await fixture.connect(`http://127.0.0.1:${server.port}`).get(get('/x'))).body)).toBe(
      '{"kind":"PodList"}',
    );
  });
});
