import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { anySignal, ConnectionFixture, until } from '../../../tests/fakes/connection-fixture.ts';
import { connectThroughHttpProxy } from './proxy-connect.ts';
import { connectThroughSocks5 } from './proxy-socks5.ts';
import { connectTcp } from './tcp-socket.ts';

const fixture = new ConnectionFixture();
afterEach(() => fixture.close());

const target = { host: 'k8s.example.com', port: 6443 };

/** A proxy that answers each piece it hears with the next of `answers`, cut as they are; answers the client's socket. */
async function scripted(answers: readonly (string | Buffer)[]): Promise<{
  readonly socket: Socket;
  readonly proxy: URL;
  readonly heard: () => Buffer;
  readonly push: (text: string) => void;
}> {
  const sockets = new Set<Socket>();
  const heard: Buffer[] = [];
  const waiting = [...answers];
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket
      .on('error', () => socket.destroy())
      .on('data', (bytes) => {
        heard.push(bytes);
        const answer = waiting.shift();
        if (answer !== undefined) socket.write(answer);
      });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const socket = await connectTcp('127.0.0.1', port, 'The proxy', { signal: anySignal(), own: () => undefined });
  fixture.own({
    close: () => {
      socket.destroy();
      for (const open of sockets) open.destroy();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  });
  const push = (text: string) => {
    for (const open of sockets) open.write(text);
  };
  return { socket, proxy: new URL(`http://127.0.0.1:${port}`), heard: () => Buffer.concat(heard), push };
}

describe('a tunnel through an http proxy', () => {
  it('is asked for with host, port and user', async () => {
    const { socket, proxy, heard } = await scripted(['HTTP/1.1 200 OK\r\n\r\n']);
    proxy.username = 'me';
    proxy.password = 'pw';
    await connectThroughHttpProxy(socket, proxy, target, anySignal());
    expect(heard().toString()).toBe(
      'CONNECT k8s.example.com:6443 HTTP/1.1\r\nHost: k8s.example.com:6443\r\nUser-Agent: everynode\r\nProxy-Authorization: Basic bWU6cHc=\r\n\r\n',
    );
  });

  it('keeps the bytes that came with the answer for what is spoken inside', async () => {
    const { socket, proxy } = await scripted(['HTTP/1.0 200 Connection established\r\nVia: x\r\n\r\nfirst bytes']);
    await connectThroughHttpProxy(socket, proxy, target, anySignal());
    await until(() => socket.readableLength > 0);
    expect(String(socket.read())).toBe('first bytes');
  });

  it('waits for an answer that comes in pieces', async () => {
    const { socket, proxy, push } = await scripted(['HTTP/1.1 20']);
    const opening = connectThroughHttpProxy(socket, proxy, target, anySignal());
    await until(() => socket.bytesRead > 5);
    push('0 OK\r\n');
    push('\r\n');
    await opening;
    expect(socket.destroyed).toBe(false);
  });

  it('gives up on an answer without an end, and on one that is no HTTP', async () => {
    const endless = await scripted(['x'.repeat(70_000)]);
    await expect(connectThroughHttpProxy(endless.socket, endless.proxy, target, anySignal())).rejects.toThrow(
      'does not speak the protocol of a proxy',
    );
    const other = await scripted(['220 mail.example.com ESMTP\r\n\r\n']);
    await expect(connectThroughHttpProxy(other.socket, other.proxy, target, anySignal())).rejects.toThrow(
      'does not speak HTTP.',
    );
    expect(other.socket.destroyed).toBe(true);
  });

  it('ends when its signal aborts', async () => {
    const { socket, proxy, heard } = await scripted([]);
    const controller = new AbortController();
    const opening = connectThroughHttpProxy(socket, proxy, target, controller.signal);
    await until(() => heard().length > 0);
    controller.abort(new Error('enough'));
    await expect(opening).rejects.toThrow('enough');
    expect(socket.destroyed).toBe(true);
  });
});

describe('a tunnel through a SOCKS 5 proxy', () => {
  it('speaks RFC 1928 byte for byte', async () => {
    const { socket, proxy, heard } = await scripted([
      Buffer.from([5, 0]),
      Buffer.from([5, 0, 0, 1, 10, 0, 0, 1, 0x19, 0x2b]),
    ]);
    await connectThroughSocks5(socket, proxy, target, anySignal());
    expect([...heard()]).toEqual([5, 1, 0, 5, 1, 0, 3, 15, ...Buffer.from('k8s.example.com'), 0x19, 0x2b]);
  });

  it.each([
    ['IPv6', [5, 0, 0, 4, ...Array.from({ length: 16 }, () => 1), 0, 80]],
    ['a name', [5, 0, 0, 3, 3, 0x61, 0x62, 0x63, 0, 80]],
  ])('takes a bound address that is %s', async (_kind, reply) => {
    const { socket, proxy } = await scripted([Buffer.from([5, 0]), Buffer.from([...reply, 0x16])]);
    await connectThroughSocks5(socket, proxy, target, anySignal());
    await until(() => socket.readableLength > 0);
    expect(socket.read()).toEqual(Buffer.from([0x16]));
  });

  it('says what is no SOCKS 5 proxy', async () => {
    const { socket, proxy } = await scripted(['HTTP/1.1 400 Bad Request\r\n\r\n']);
    await expect(connectThroughSocks5(socket, proxy, target, anySignal())).rejects.toThrow('does not speak SOCKS 5.');
  });
});
