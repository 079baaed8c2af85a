import { afterEach, describe, expect, it } from 'vitest';
import { anySignal, ConnectionFixture, failureOf, textOf, until } from '../../../tests/fakes/connection-fixture.ts';
import { replyJson, statusBody, whenLeft } from '../../../tests/fakes/scripted-api-server.ts';
import type { ApiReply, Script } from '../../../tests/fakes/scripted-api-server.ts';
import { FakeClock } from '../../../tests/fakes/fake-clock.ts';
import type { ApiStream, StreamRequest } from './api-connection.ts';

const fixture = new ConnectionFixture();
afterEach(() => fixture.close());

function watch(more: Partial<StreamRequest> = {}): StreamRequest {
  return { path: '/api/v1/nodes', query: { watch: 'true' }, purpose: 'watch', signal: anySignal(), ...more };
}

/** What a done iterator has is no chunk. */
function asBytes(value: unknown): Uint8Array {
  return value instanceof Uint8Array ? value : new Uint8Array();
}

async function readAll(stream: ApiStream): Promise<string> {
  let text = '';
  for await (const chunk of stream.chunks) text += textOf(chunk);
  return text;
}

/** Writes as fast as the socket takes it; answers how many bytes it took so far. */
function flood(): { readonly script: Script; readonly written: () => number; readonly ended: () => boolean } {
  const chunk = Buffer.alloc(64 * 1024, 'x');
  let written = 0;
  let ended = false;
  const script: Script = (_request, reply) => {
    reply.writeHead(200, { 'content-type': 'text/plain' });
    const more = () => {
      while (!ended) {
        written += chunk.length;
        if (!reply.write(chunk)) return;
      }
    };
    reply.on('drain', more);
    whenLeft(reply, () => {
      ended = true;
    });
    more();
  };
  return { script, written: () => written, ended: () => ended };
}

describe.each([
  { name: 'HTTP/2', http2: true },
  { name: 'HTTP/1.1', http2: false },
])('a stream over $name', ({ http2 }) => {
  it('hands out what the server sends, and ends when the server ends it', async () => {
    const server = await fixture.secureServer((_request, reply) => {
      reply.writeHead(200, { 'content-type': 'application/json' });
      reply.write('{"type":"ADDED"}\n');
      setTimeout(() => reply.end('{"type":"BOOKMARK"}\n'), 5);
    }, http2);
    const stream = await fixture.connect(`https://127.0.0.1:${server.port}`).stream(watch());
    expect(stream.status).toBe(200);
    expect(await readAll(stream)).toBe('{"type":"ADDED"}\n{"type":"BOOKMARK"}\n');
    expect(server.requests[0]?.url).toBe('/api/v1/nodes?watch=true');
  });

  it('pauses a server that writes as fast as it can while nobody pulls', async () => {
    const source = flood();
    const server = await fixture.secureServer(source.script, http2);
    const stream = await fixture.connect(`https://127.0.0.1:${server.port}`).stream(watch({ purpose: 'log' }));
    const iterator = stream.chunks[Symbol.asyncIterator]();
    await iterator.next();
    await stable(source.written);
    const paused = source.written();
    // What the kernel's sockets and the windows of HTTP/2 hold, and no more.
    expect(paused).toBeLessThan(16 * 1024 * 1024);
    for (let turn = 0; turn < 400; turn++) await iterator.next();
    await until(() => source.written() > paused);
    await iterator.return?.();
    await until(source.ended);
    expect(source.ended()).toBe(true);
  });

  it('a paused one does not hold up the others of its context', async () => {
    const source = flood();
    const server = await fixture.secureServer((request, reply) => {
      if (request.url?.startsWith('/flood')) source.script(request, reply);
      else replyJson(reply, 200, {});
    }, http2);
    const connection = fixture.connect(`https://127.0.0.1:${server.port}`);
    const streams = await Promise.all([1, 2, 3].map(() => connection.stream(watch({ path: '/flood' }))));
    await stable(source.written);
    expect((await connection.get({ path: '/version', signal: anySignal(), timeoutMs: 1000 })).status).toBe(200);
    for (const stream of streams) stream.close();
  });

  it('ends at the server when its signal aborts', async () => {
    const closed = Promise.withResolvers<void>();
    const server = await fixture.secureServer((_request, reply) => {
      whenLeft(reply, () => closed.resolve());
      reply.writeHead(200, { 'content-type': 'application/json' });
      reply.write('{}\n');
    }, http2);
    const controller = new AbortController();
    const stream = await fixture
      .connect(`https://127.0.0.1:${server.port}`)
      .stream(watch({ signal: controller.signal }));
    const reading = failureOf(readAll(stream));
    controller.abort();
    expect((await reading).reason).toBe('Cancelled');
    await closed.promise;
  });

  it('ends quietly when its reader closes it', async () => {
    const server = await fixture.secureServer((_request, reply) => {
      reply.writeHead(200, { 'content-type': 'application/json' });
      reply.write('{}\n');
    }, http2);
    const stream = await fixture.connect(`https://127.0.0.1:${server.port}`).stream(watch());
    const reading = readAll(stream);
    stream.close();
    stream.close();
    expect(await reading).toMatch(/^(\{\}\n)?$/);
  });

  it('says that it broke when the connection does', async () => {
    const server = await fixture.secureServer((_request, reply) => {
      reply.writeHead(200, { 'content-type': 'application/json' });
      reply.write('{"type":"ADDED"}\n');
    }, http2);
    const stream = await fixture.connect(`https://127.0.0.1:${server.port}`).stream(watch());
    const iterator = stream.chunks[Symbol.asyncIterator]();
    await iterator.next();
    server.cut();
    const error = await failureOf(iterator.next());
    expect(error.data).toMatchObject({ reason: 'Disconnected', contextName: 'test', retry: true });
  });

  it('is empty for 204, as the log of a pod that is not scheduled', async () => {
    const server = await fixture.secureServer((_request, reply) => {
      reply.writeHead(204);
      reply.end();
    }, http2);
    const stream = await fixture.connect(`https://127.0.0.1:${server.port}`).stream(watch({ purpose: 'log' }));
    expect(stream.status).toBe(204);
    expect(await readAll(stream)).toBe('');
  });

  it('is refused with the words of the Status', async () => {
    const words = 'container "app" in pod "x" is waiting to start: ContainerCreating';
    const server = await fixture.secureServer(
      (_request, reply) => replyJson(reply, 400, statusBody(400, 'BadRequest', words)),
      http2,
    );
    const error = await failureOf(
      fixture.connect(`https://127.0.0.1:${server.port}`).stream(watch({ purpose: 'log' })),
    );
    expect(error.data).toMatchObject({ reason: 'Invalid', message: words });
  });

  it('gives up when no head comes within its time limit', async () => {
    const server = await fixture.secureServer(() => undefined, http2);
    const error = await failureOf(fixture.connect(`https://127.0.0.1:${server.port}`).stream(watch({ timeoutMs: 50 })));
    expect(error.message).toContain('did not answer within 0.05 s');
  });

  it('breaks when nothing comes for as long as it was told to wait, and not while its reader takes its time', async () => {
    const replies: ApiReply[] = [];
    const server = await fixture.secureServer((_request, reply) => {
      reply.writeHead(200, { 'content-type': 'text/plain' });
      reply.write('first\n');
      replies.push(reply);
    }, http2);
    const clock = new FakeClock();
    const connection = fixture.connect(`https://127.0.0.1:${server.port}`, { deps: { clock } });
    const stream = await connection.stream(watch({ purpose: 'log', silenceLimitMs: 60_000 }));
    const chunks = stream.chunks[Symbol.asyncIterator]();
    const next = async () => textOf(asBytes((await chunks.next()).value));
    expect(await next()).toBe('first\n');
    await clock.advance(300_000);
    const second = next();
    await clock.advance(59_000);
    replies[0]?.write('second\n');
    expect(await second).toBe('second\n');
    const third = failureOf(next());
    await clock.advance(60_000);
    expect((await third).data).toMatchObject({
      reason: 'Disconnected',
      message: `The API server 127.0.0.1:${server.port} sent nothing for 60 s in the middle of the stream.`,
      retry: true,
    });
    expect(clock.pendingTimers).toBe(0);
  });

  it('is not ended by its time limit once it runs, and leaves no timer', async () => {
    const replies: ApiReply[] = [];
    const server = await fixture.secureServer((_request, reply) => {
      reply.writeHead(200, { 'content-type': 'application/json' });
      reply.write('1');
      replies.push(reply);
    }, http2);
    const clock = new FakeClock();
    const stream = await fixture.connect(`https://127.0.0.1:${server.port}`, { deps: { clock } }).stream(watch());
    expect(clock.pendingTimers).toBe(0);
    await clock.advance(3_600_000);
    replies[0]?.end('2');
    expect(await readAll(stream)).toBe('12');
  });
});

it('a stream that turns out to be a web page is refused', async () => {
  const server = await fixture.server({}, (_request, reply) => {
    reply.writeHead(200, { 'content-type': 'text/html' });
    reply.end('<html></html>');
  });
  const error = await failureOf(fixture.connect(`http://127.0.0.1:${server.port}`).stream(watch()));
  expect(error.message).toContain('a web page, not the Kubernetes API');
});

it('watches on HTTP/1.1 do not keep unary requests from their connections', async () => {
  const server = await fixture.secureServer((request, reply) => {
    if (!request.url?.includes('watch')) return replyJson(reply, 200, {});
    reply.writeHead(200);
    reply.write('{}\n');
  }, false);
  const connection = fixture.connect(`https://127.0.0.1:${server.port}`);
  const streams = await Promise.all(Array.from({ length: 20 }, () => connection.stream(watch())));
  expect((await connection.get({ path: '/version', signal: anySignal() })).status).toBe(200);
  for (const stream of streams) stream.close();
});

/** Waits until a counter stands still for 60 ms. */
async function stable(count: () => number): Promise<void> {
  for (let last = -1; last !== count();) {
    last = count();
    await new Promise<void>((resolve) => setTimeout(resolve, 60));
  }
}
