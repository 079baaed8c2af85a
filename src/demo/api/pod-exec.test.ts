import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import type { Duplex } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OPCODE } from '../exec/frames.ts';
import { TestCluster, aManifest, at } from '../testing/api-client.ts';

const PODS = '/api/v1/namespaces/default/pods';
let cluster: TestCluster;

beforeEach(async () => {
  cluster = await TestCluster.start();
});

afterEach(async () => {
  await cluster.close();
  expect(cluster.clock.waiting).toBe(0);
});

async function aPod(): Promise<string> {
  await cluster.send('POST', '/apis/apps/v1/namespaces/default/daemonsets', aManifest('agent'));
  cluster.clock.advance(30_000);
  const [pod] = await cluster.items(`${PODS}?labelSelector=app=agent`);
  return `${PODS}/${String(at(pod, 'metadata.name'))}`;
}

type Answered =
  | { readonly kind: 'switched'; readonly message: IncomingMessage; readonly socket: Duplex; readonly head: Buffer }
  | { readonly kind: 'refused'; readonly code: number; readonly body: string };

/** Asks for a WebSocket as a client does. */
async function upgrade(path: string, token = cluster.cluster.token): Promise<Answered> {
  const outgoing = request(cluster.cluster.url + path, {
    headers: {
      authorization: `Bearer ${token}`,
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      'sec-websocket-protocol': 'v9.unknown, v4.channel.k8s.io, v5.channel.k8s.io',
    },
  });
  outgoing.end();
  return new Promise((resolve, reject) => {
    outgoing.once('error', reject);
    outgoing.once('upgrade', (message, socket, head) => resolve({ kind: 'switched', message, socket, head }));
    outgoing.once('response', (message) => {
      const chunks: Buffer[] = [];
      message.on('data', (chunk: Buffer) => chunks.push(chunk));
      message.once('end', () => {
        resolve({ kind: 'refused', code: message.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') });
      });
    });
  });
}

async function switched(path: string) {
  const answered = await upgrade(path);
  if (answered.kind !== 'switched') throw new Error(`refused: ${answered.code} ${answered.body}`);
  return answered;
}

/** Bytes until the server closes. */
async function toTheEnd(socket: Duplex, head: Buffer): Promise<string> {
  const chunks = [head];
  for await (const chunk of socket as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('latin1');
}

describe('exec', () => {
  it('accepts the key as RFC 6455 says, and prefers v5', async () => {
    const { message, socket, head } = await switched(`${await aPod()}/exec?command=echo&command=hello&stdout=true`);
    expect(message.headers['sec-websocket-accept']).toBe('s3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
    expect(message.headers['sec-websocket-protocol']).toBe('v5.channel.k8s.io');
    const bytes = await toTheEnd(socket, head);
    expect(bytes).toContain('\u0001hello\n');
    expect(bytes).toContain('\u0003{"metadata":{},"status":"Success"}');
  });

  it('gives only the streams that were asked for', async () => {
    const script = encodeURIComponent('echo out; echo err >&2');
    const path = `${await aPod()}/exec?command=sh&command=-c&command=${script}&stderr=true`;
    const { socket, head } = await switched(path);
    const bytes = await toTheEnd(socket, head);
    expect(bytes).toContain('\u0002err\n');
    expect(bytes).not.toContain('out\n');
  });

  it('answers a ping, and closes when a frame breaks the protocol', async () => {
    const { socket } = await switched(`${await aPod()}/exec?command=cat&stdin=true&stdout=true`);
    socket.write(Buffer.from([0x80 | OPCODE.ping, 0x80 | 2, 0, 0, 0, 0, 0x68, 0x69]));
    const [pong] = (await once(socket, 'data')) as [Buffer];
    expect([...pong]).toEqual([0x80 | OPCODE.pong, 2, 0x68, 0x69]);
    socket.write(Buffer.from([0x82, 1, 0, 0, 0, 0, 0]));
    const [close] = (await once(socket, 'data')) as [Buffer];
    expect([...close]).toEqual([0x80 | OPCODE.close, 2, 1002 >> 8, 1002 & 255]);
    socket.destroy();
  });

  it('ends with the cluster', async () => {
    const { socket } = await switched(`${await aPod()}/exec?command=cat&stdin=true&stdout=true`);
    const closed = once(socket, 'close');
    socket.resume();
    await cluster.close();
    await closed;
    expect(socket.destroyed).toBe(true);
    cluster = await TestCluster.start();
  });

  it('is refused before the protocol changes', async () => {
    const pod = await aPod();
    expect(await upgrade(`${pod}/exec?command=true&stdout=true`, 'wrong')).toMatchObject({
      kind: 'refused',
      code: 401,
    });
    expect(await upgrade(`${PODS}/nobody/exec?command=true&stdout=true`)).toMatchObject({ code: 404 });
    expect(await upgrade(`${pod}/exec?command=true`)).toMatchObject({
      code: 400,
      body: expect.stringContaining('you must specify at least 1 of stdin, stdout, stderr') as string,
    });
    const plain = await cluster.send('GET', `${pod}/exec?command=true&stdout=true`);
    expect(plain.body).toMatchObject({ code: 400, message: 'Upgrade request required' });
  });
});
