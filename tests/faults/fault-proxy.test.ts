import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../fakes/connection-fixture.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { FaultProxy } from './fault-proxy.ts';
import { CLEAR, SILENT } from './weather.ts';

/** One end of a connection: what it heard, and how it ended. */
class Ear {
  readonly socket: Socket;
  readonly chunks: Buffer[] = [];
  hasEnded = false;
  error: string | undefined;
  isClosed = false;

  constructor(socket: Socket) {
    this.socket = socket;
    socket
      .on('data', (chunk: Buffer) => this.chunks.push(chunk))
      .on('end', () => (this.hasEnded = true))
      .on('error', (error: NodeJS.ErrnoException) => (this.error = error.code))
      .on('close', () => (this.isClosed = true));
  }

  get heard(): string {
    return Buffer.concat(this.chunks).toString();
  }
}

const clock = new FakeClock();
let server: Server;
let atServer: Ear[];
let proxy: FaultProxy;
let clients: Ear[];

beforeEach(async () => {
  atServer = [];
  clients = [];
  server = createServer({ allowHalfOpen: true }, (socket) => atServer.push(new Ear(socket)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  proxy = await FaultProxy.start((server.address() as AddressInfo).port, { clock });
});

afterEach(async () => {
  for (const { socket } of clients) socket.destroy();
  await proxy.close();
  for (const { socket } of atServer) socket.destroy();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  await until(() => proxy.connections.length === 0);
  expect(clock.pendingTimers).toBe(0);
});

/** A client and its server end, which have heard each other. */
async function aPair(): Promise<{ readonly near: Ear; readonly far: Ear }> {
  const before = atServer.length;
  const near = new Ear(connect({ port: proxy.port, host: '127.0.0.1', allowHalfOpen: true }));
  clients.push(near);
  near.socket.write('?');
  await until(() => atServer.length > before && atServer.at(-1)?.heard === '?');
  const far = atServer.at(-1);
  if (!far) throw new Error('nobody came');
  far.socket.write('!');
  await until(() => near.heard === '!');
  return { near, far };
}

/** Long enough for what could pass to have passed: another connection's words make the same way. */
async function aWhile(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
}

describe('a silent line', () => {
  it('passes nothing either way, keeps the sockets open, and hands everything out in order when it clears', async () => {
    const { near, far } = await aPair();
    proxy.weather = SILENT;
    near.socket.write('a');
    far.socket.write('b');
    near.socket.write('c');
    await aWhile();
    expect([near.heard, far.heard, near.isClosed, far.isClosed]).toEqual(['!', '?', false, false]);
    proxy.weather = CLEAR;
    await until(() => near.heard === '!b' && far.heard === '?ac');
  });

  it.each([
    ['client', '!', '?a'],
    ['server', '!b', '?'],
  ] as const)('toward the %s alone', async (toward, nearHears, farHears) => {
    const { near, far } = await aPair();
    proxy.weather = { kind: 'silent', toward };
    near.socket.write('a');
    far.socket.write('b');
    await aWhile();
    expect([near.heard, far.heard]).toEqual([nearHears, farHears]);
  });

  it('of one connection leaves the others alone, and what is silent now leaves new ones alone', async () => {
    const first = await aPair();
    const second = await aPair();
    const [oldest] = proxy.connections;
    if (oldest) oldest.weather = SILENT;
    for (const { far } of [first, second]) far.socket.write('x');
    await until(() => second.near.heard === '!x');
    expect(first.near.heard).toBe('!');
    proxy.change(SILENT);
    const third = await aPair();
    expect(third.near.heard).toBe('!');
    second.far.socket.write('y');
    await aWhile();
    expect(second.near.heard).toBe('!x');
  });

  it('holds back the server when much waits', async () => {
    const { far } = await aPair();
    proxy.weather = SILENT;
    const block = Buffer.alloc(256 * 1024);
    for (let written = 0; written < 64 && !far.socket.writableNeedDrain; written += 1) {
      far.socket.write(block);
      await aWhile();
    }
    expect(far.socket.writableNeedDrain).toBe(true);
    expect(proxy.connections[0]?.heldBytes).toBeLessThan(3 * 1024 * 1024);
  });
});

describe('a line that ends', () => {
  it.each([
    ['close', { heard: '!abc', hasEnded: true, error: undefined }],
    ['reset', { heard: '!abc', hasEnded: false, error: 'ECONNRESET' }],
  ] as const)('by %s after so many bytes', async (by, expected) => {
    const { near, far } = await aPair();
    proxy.weather = { kind: 'cut', afterBytes: 3, by };
    far.socket.write('abcdef');
    await until(() => near.hasEnded || near.error !== undefined);
    const { heard, hasEnded, error } = near;
    expect({ heard, hasEnded, error }).toEqual(expected);
    near.socket.end();
    await until(() => far.isClosed || far.hasEnded || far.error !== undefined);
  });

  it('half way: the client hears the end and still speaks', async () => {
    const { near, far } = await aPair();
    proxy.weather = { kind: 'cut', afterBytes: 2, by: 'halfClose' };
    far.socket.write('abc');
    await until(() => near.hasEnded);
    expect(near.heard).toBe('!ab');
    near.socket.write('still here');
    await until(() => far.heard === '?still here');
  });

  it('in silence: nothing more passes and nobody is told', async () => {
    const { near, far } = await aPair();
    proxy.weather = { kind: 'cut', afterBytes: 2, by: 'silence' };
    far.socket.write('abc');
    near.socket.write('d');
    await aWhile();
    expect([near.heard, near.hasEnded, near.isClosed]).toEqual(['!ab', false, false]);
  });

  it('as the server ends it, behind the last byte', async () => {
    const { near, far } = await aPair();
    proxy.weather = { kind: 'delay', ms: 500 };
    far.socket.end('last words');
    await aWhile();
    expect(near.hasEnded).toBe(false);
    await clock.advance(500);
    await until(() => near.hasEnded);
    expect(near.heard).toBe('!last words');
  });
});

describe('a line that is slow', () => {
  it('by a delay hands out nothing before it, on the injected clock', async () => {
    const { near, far } = await aPair();
    proxy.weather = { kind: 'delay', ms: 2000 };
    far.socket.write('abc');
    await aWhile();
    await clock.advance(1999);
    expect(near.heard).toBe('!');
    await clock.advance(1);
    await until(() => near.heard === '!abc');
  });

  it('to so many bytes a second', async () => {
    const { near, far } = await aPair();
    proxy.weather = { kind: 'slow', bytesPerSecond: 20 };
    far.socket.write('abcdefgh');
    await aWhile();
    await clock.advance(200);
    await until(() => near.heard === '!abcd');
    await clock.advance(200);
    await until(() => near.heard === '!abcdefgh');
  });

  it('to single bytes loses none', async () => {
    const { near, far } = await aPair();
    proxy.weather = { kind: 'bytewise' };
    far.socket.write('Größe');
    await until(() => near.heard === '!Größe');
  });
});

describe('a server that takes nobody', () => {
  it('resets a new connection at once, and keeps the old ones', async () => {
    const { near, far } = await aPair();
    proxy.weather = { kind: 'refuse' };
    const late = new Ear(connect(proxy.port, '127.0.0.1'));
    await until(() => late.isClosed);
    expect(late.error).toBe('ECONNRESET');
    far.socket.write('x');
    await until(() => near.heard === '!x');
  });

  it('refuses while it is down, and is there again under its port', async () => {
    const { near } = await aPair();
    const { port } = proxy;
    await proxy.goDown();
    await until(() => near.hasEnded);
    const refused = new Ear(connect(port, '127.0.0.1'));
    await until(() => refused.isClosed);
    expect(refused.error).toBe('ECONNREFUSED');
    near.socket.destroy();
    await proxy.comeBack();
    expect(proxy.port).toBe(port);
    await aPair();
  });
});
