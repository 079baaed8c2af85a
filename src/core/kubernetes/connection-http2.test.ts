import { createSecureServer } from 'node:http2';
import type { Http2SecureServer, ServerHttp2Session, ServerHttp2Stream } from 'node:http2';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import {
  anySignal,
  ConnectionFixture,
  failureOf,
  serverCertificate,
  textOf,
  until,
} from '../../../tests/fakes/connection-fixture.ts';
import type { ApiStream } from './api-connection.ts';

const fixture = new ConnectionFixture();
afterEach(() => fixture.close());

interface Http2Server {
  readonly url: string;
  readonly sessions: readonly ServerHttp2Session[];
}

/** An HTTP/2 server whose streams and sessions a test has in its hands. */
async function http2Server(
  onStream: (stream: ServerHttp2Stream, path: string) => void,
  maxStreams = 100,
): Promise<Http2Server> {
  const sessions: ServerHttp2Session[] = [];
  const server: Http2SecureServer = createSecureServer({
    key: serverCertificate.key,
    cert: serverCertificate.cert,
    settings: { maxConcurrentStreams: maxStreams },
  });
  server.on('session', (session) => {
    sessions.push(session);
    session.on('error', () => session.destroy());
  });
  server.on('stream', (stream, headers) => {
    stream.on('error', () => stream.destroy());
    onStream(stream, headers[':path'] ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  fixture.own({
    close: () => {
      for (const session of sessions) session.destroy();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  });
  return { url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, sessions };
}

function answer(stream: ServerHttp2Stream, text: string): void {
  stream.respond({ ':status': 200, 'content-type': 'application/json' });
  stream.end(text);
}

const version = { path: '/version', signal: anySignal(), timeoutMs: 2000 };
const watch = { path: '/watch', signal: anySignal(), purpose: 'watch' } as const;

describe('an HTTP/2 connection', () => {
  it('carries watches and requests side by side, and an aborted watch leaves the others alone', async () => {
    const server = await http2Server((stream, path) => {
      if (path === '/version') return answer(stream, '{}');
      stream.respond({ ':status': 200, 'content-type': 'application/json' });
      stream.write('{}\n');
    });
    const connection = fixture.connect(server.url);
    const controller = new AbortController();
    const first = await connection.stream({ ...watch, signal: controller.signal });
    const second = await connection.stream(watch);
    controller.abort();
    await failureOf(readAll(first));
    expect((await connection.get(version)).status).toBe(200);
    const iterator = second.chunks[Symbol.asyncIterator]();
    expect(textOf((await iterator.next()).value ?? new Uint8Array())).toBe('{}\n');
    expect(server.sessions).toHaveLength(1);
    second.close();
  });

  it('is left by new requests when the server says GOAWAY, while a running watch goes on', async () => {
    const streams: ServerHttp2Stream[] = [];
    const server = await http2Server((stream, path) => {
      if (path === '/version') return answer(stream, '{}');
      stream.respond({ ':status': 200, 'content-type': 'application/json' });
      stream.write('1');
      streams.push(stream);
    });
    const connection = fixture.connect(server.url);
    const running = await connection.stream(watch);
    server.sessions[0]?.goaway(0, streams[0]?.id);
    await connection.get(version);
    for (let turn = 0; turn < 5; turn++) expect((await connection.get(version)).status).toBe(200);
    streams[0]?.end('2');
    expect(await readAll(running)).toBe('12');
    expect(server.sessions.length).toBeGreaterThan(1);
  });

  it('opens a second one when the streams of the first are used up', async () => {
    const server = await http2Server((stream, path) => {
      if (path === '/version') return answer(stream, '{}');
      stream.respond({ ':status': 200, 'content-type': 'application/json' });
      stream.write('{}\n');
    }, 10);
    const connection = fixture.connect(server.url);
    await connection.get(version);
    const streams = await Promise.all(Array.from({ length: 25 }, () => connection.stream(watch)));
    expect((await connection.get(version)).status).toBe(200);
    expect(server.sessions.length).toBeGreaterThan(1);
    for (const stream of streams) stream.close();
  });

  it('tells of a stream that the server resets', async () => {
    const server = await http2Server((stream) => {
      stream.respond({ ':status': 200, 'content-type': 'application/json' });
      stream.write('{"a":');
      setTimeout(() => stream.destroy(new Error('reset')), 5);
    });
    const connection = fixture.connect(server.url);
    expect((await failureOf(readAll(await connection.stream(watch)))).reason).toBe('Disconnected');
    expect((await failureOf(connection.get(version))).reason).toBe('Unreachable');
  });

  it('ends at once when it is disposed of while it is being made', async () => {
    const connection = fixture.connect(`https://127.0.0.1:${await silentPort()}`);
    const waiting = failureOf(connection.get({ ...version, timeoutMs: 60_000 }));
    await new Promise<void>((resolve) => setTimeout(resolve, 20));
    await connection.dispose();
    expect((await waiting).reason).toBe('Cancelled');
    await until(() => silent.size === 0);
    expect(silent.size).toBe(0);
  });
});

const silent = new Set<object>();

/** A port that takes connections and says nothing. */
async function silentPort(): Promise<number> {
  const server = createServer((socket) => {
    silent.add(socket);
    // Unread bytes would hold back 'close'.
    socket
      .resume()
      .on('error', () => socket.destroy())
      .once('close', () => silent.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  fixture.own({ close: () => new Promise<void>((resolve) => server.close(() => resolve())) });
  return (server.address() as AddressInfo).port;
}

async function readAll(stream: ApiStream): Promise<string> {
  let text = '';
  for await (const chunk of stream.chunks) text += textOf(chunk);
  return text;
}
