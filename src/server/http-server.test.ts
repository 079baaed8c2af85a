import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { request, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { implement } from '@orpc/server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { FakeClock } from '../../tests/fakes/fake-clock.ts';
import { PageServer } from '../core/host/page-server.ts';
import type { HandlerContext } from '../core/session.ts';
import type { ContextsView } from '../shared/contract/context.ts';
import { contract } from '../shared/contract/contract.ts';
import { openPageHttp, type PageHttp } from './http-server.ts';
import { MAX_MESSAGE_BYTES, MAX_SOCKETS } from './page-sockets.ts';

const PAGE = '<!doctype html><title>Everynode</title>';
const ITEM_BYTES = 256 * 1024;
const SCRIPT = `console.log(${JSON.stringify('x'.repeat(4000))});`;

let folder: string;
let clock: FakeClock;
let pages: PageServer;
let http: PageHttp;
let host: string;
let origin: string;
let pulled = 0;
let watching = 0;
const sockets: WebSocket[] = [];
const bugs: unknown[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'everynode-page-'));
  mkdirSync(join(folder, 'renderer', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'secret.txt'), 'not for the page');
  writeFileSync(join(folder, 'renderer', 'index.html'), PAGE);
  writeFileSync(join(folder, 'renderer', 'assets', 'index-a1b2c3d4.js'), SCRIPT);
  clock = new FakeClock();
  bugs.length = 0;
  const os = implement(contract).$context<HandlerContext>();
  const info = os.app.info.handler(() => ({ version: '1', host: 'server', platform: 'linux', capabilities: [] }));
  const onBug = (_where: string, error: unknown) => void bugs.push(error);
  pulled = 0;
  const watch = os.context.watch.handler(() => endlessViews());
  pages = new PageServer({ router: { app: { info }, context: { watch } }, onBug });
  http = await openPageHttp({ port: 0, rendererRoot: join(folder, 'renderer'), pages, clock, onBug });
  host = `127.0.0.1:${http.port}`;
  origin = `http://${host}`;
});

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.terminate();
  await http.close();
  expect(pages.pageCount).toBe(0);
  expect(clock.pendingTimers).toBe(0);
  expect(bugs).toEqual([]);
  rmSync(folder, { recursive: true });
});

/** Views as large as they come, without end. */
async function* endlessViews(): AsyncGenerator<ContextsView> {
  watching += 1;
  try {
    for (;;) {
      pulled += 1;
      const view = {
        contexts: [],
        sources: [],
        problems: [],
        shadowed: [],
        pluginPolicy: 'Allowlist',
        approvedPlugins: [],
      } as const;
      yield { ...view, currentContext: 'x'.repeat(ITEM_BYTES) };
    }
  } finally {
    watching -= 1;
  }
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

interface Ask {
  readonly method?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string | Buffer;
}

function ask(path: string, { method = 'GET', headers = {}, body }: Ask = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port: http.port, path, method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

/** Bytes as an attacker writes them, without the corrections of an HTTP client. */
function askRaw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(http.port, '127.0.0.1', () => socket.write(text));
    let answer = '';
    socket.on('data', (chunk) => (answer += chunk.toString('latin1')));
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
  });
}

const post = (code: string, headers: OutgoingHttpHeaders = {}) =>
  ask('/session', {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ code }),
  });

interface Tab {
  readonly cookie: string;
  readonly value: string;
}

async function openTab(cookie?: string): Promise<Tab> {
  const answer = await post(http.access.issueCode(), cookie === undefined ? {} : { cookie });
  expect(answer.status).toBe(200);
  const { value } = JSON.parse(answer.body.toString()) as { value: string };
  return { cookie: cookie ?? answer.headers['set-cookie']?.[0]?.split(';', 1)[0] ?? '', value };
}

interface Handshake {
  readonly cookie?: string;
  readonly value?: string;
  readonly origin?: string | undefined;
  readonly host?: string;
  readonly path?: string;
}

/** A page's WebSocket, or the status that refused it. */
function openSocket(handshake: Handshake): Promise<WebSocket | number> {
  const { cookie, value, path = '/socket', host: sentHost = host } = handshake;
  const sentOrigin = 'origin' in handshake ? handshake.origin : origin;
  const protocols = ['everynode.v1', ...(value === undefined ? [] : [`everynode.session.${value}`])];
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${http.port}${path}`, protocols, {
      headers: {
        host: sentHost,
        ...(cookie === undefined ? {} : { cookie }),
        ...(sentOrigin === undefined ? {} : { origin: sentOrigin }),
      },
    });
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.on('unexpected-response', (asked, response) => {
      resolve(response.statusCode ?? 0);
      asked.destroy();
    });
    socket.on('open', () => resolve(socket));
  });
}

async function opened(handshake: Handshake): Promise<WebSocket> {
  const result = await openSocket(handshake);
  if (typeof result === 'number') throw new Error(`refused with ${result}`);
  return result;
}

const closed = (socket: WebSocket) => new Promise<number>((resolve) => socket.once('close', (code) => resolve(code)));

describe('the page', () => {
  it('is served with every protection in its headers', async () => {
    const { status, headers, body } = await ask('/', { headers: { host } });
    expect(status).toBe(200);
    expect(body.toString()).toBe(PAGE);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-cache',
    });
    expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'");
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
  });

  it('is compressed for who takes it, and kept by the browser when its name has a hash', async () => {
    const { headers, body } = await ask('/assets/index-a1b2c3d4.js', {
      headers: { host, 'accept-encoding': 'gzip, br' },
    });
    expect(headers).toMatchObject({
      'content-encoding': 'gzip',
      'cache-control': 'public, max-age=31536000, immutable',
      'content-type': 'text/javascript; charset=utf-8',
    });
    expect(gunzipSync(body).toString()).toBe(SCRIPT);
  });

  it('is not sent again when it did not change, and sent when it did', async () => {
    const { headers } = await ask('/', { headers: { host } });
    const same = { host, 'if-none-match': headers.etag };
    expect((await ask('/', { headers: same })).status).toBe(304);
    writeFileSync(join(folder, 'renderer', 'index.html'), `${PAGE}<p>new`);
    expect((await ask('/', { headers: same })).body.toString()).toContain('new');
  });

  it('answers HEAD without a body', async () => {
    const { status, headers, body } = await ask('/', { method: 'HEAD', headers: { host } });
    expect([status, headers['content-length'], body.length]).toEqual([200, String(PAGE.length), 0]);
  });

  it.each(['/../secret.txt', '/assets/../../secret.txt', '/..%2fsecret.txt', '/%2e%2e/secret.txt', '//secret.txt'])(
    'ends at its own folder: %s',
    async (path) => {
      const answer = await askRaw(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
      expect(answer).toMatch(/^HTTP\/1\.1 404 /);
      expect(answer).not.toContain('not for the page');
    },
  );
});

describe('a request of another site', () => {
  it.each(['evil.example', `evil.example:1`, '127.0.0.1', 'localhost:1', ''])(
    'gets nothing by pointing its name here (DNS rebinding): Host "%s"',
    async (wrongHost) => {
      const page = await askRaw(`GET / HTTP/1.1\r\nHost: ${wrongHost}\r\nConnection: close\r\n\r\n`);
      expect(page).toMatch(/^HTTP\/1\.1 40[03] /);
      expect(page).not.toContain(PAGE);
      const tab = await openTab();
      expect(await openSocket({ ...tab, host: wrongHost, origin: `http://${wrongHost}` })).toBeGreaterThanOrEqual(400);
    },
  );

  it('cannot exchange a code, with a foreign origin or with none', async () => {
    const code = http.access.issueCode();
    expect((await post(code, { origin: 'http://evil.example' })).status).toBe(403);
    expect((await post(code, { origin: 'null' })).status).toBe(403);
    const headers = { 'content-type': 'application/json' };
    expect((await ask('/session', { method: 'POST', headers, body: JSON.stringify({ code }) })).status).toBe(403);
    expect((await post(code)).status).toBe(200);
  });

  it('opens no WebSocket, although the browser sends the cookie along', async () => {
    const tab = await openTab();
    expect(await openSocket({ ...tab, origin: 'http://evil.example' })).toBe(403);
    expect(await openSocket({ ...tab, origin: `http://localhost:${http.port}` })).toBe(403);
    expect(await openSocket({ ...tab, origin: undefined })).toBe(403);
    expect(pages.pageCount).toBe(0);
  });

  it('is told nothing by a CORS preflight', async () => {
    const headers = { origin: 'http://evil.example', 'access-control-request-method': 'POST' };
    const answer = await ask('/session', { method: 'OPTIONS', headers });
    expect(answer.status).toBe(405);
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it('cannot send a form', async () => {
    const code = http.access.issueCode();
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', '']) {
      expect((await post(code, { 'content-type': type })).status).toBe(415);
    }
  });

  it.each(['PUT', 'DELETE', 'PATCH', 'POST'])('changes nothing by %s on a file', async (method) => {
    expect((await ask('/index.html', { method, headers: { origin } })).status).toBe(405);
  });
});

describe('the exchange', () => {
  it('takes a code once, and tells the cookie to no script and to no other site', async () => {
    const code = http.access.issueCode();
    const first = await post(code);
    expect(first.headers['set-cookie']?.[0]).toMatch(
      new RegExp(`^everynode-${http.port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict$`),
    );
    expect(first.headers['cache-control']).toBe('no-store');
    const second = await post(code);
    expect([second.status, second.headers['set-cookie']]).toEqual([401, undefined]);
    expect(JSON.parse(second.body.toString())).toMatchObject({ reason: 'Unauthorized' });
  });

  it('takes no expired code', async () => {
    const code = http.access.issueCode();
    await clock.advance(10 * 60_000);
    expect((await post(code)).status).toBe(401);
  });

  it('ends guessing', async () => {
    for (let guess = 0; guess < 10; guess++) expect((await post(`guess-${guess}`)).status).toBe(401);
    const answer = await post('guess-10');
    expect([answer.status, answer.headers['retry-after']]).toEqual([429, '60']);
  });

  it.each(['', '{', '[]', '{"code":1}', '{"code":null}', `{"code":"${'x'.repeat(200)}"}`])(
    'refuses the body %j',
    async (body) => {
      const answer = await ask('/session', {
        method: 'POST',
        headers: { origin, 'content-type': 'application/json' },
        body,
      });
      expect(answer.status).toBe(400);
    },
  );

  it('reads no more than a kilobyte, with its length said or not', async () => {
    const body = JSON.stringify({ code: 'x'.repeat(2000) });
    const headers = { origin, 'content-type': 'application/json' };
    expect((await ask('/session', { method: 'POST', headers, body })).status).toBe(413);
    const chunked = `POST /session HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${origin}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n7d0\r\n${'x'.repeat(2000)}\r\n`;
    expect(await askRaw(chunked)).toMatch(/^HTTP\/1\.1 413 /);
  });

  it('reads no more than 16 kB of headers', async () => {
    const raw = `GET / HTTP/1.1\r\nHost: ${host}\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`;
    expect(await askRaw(raw)).toMatch(/^HTTP\/1\.1 431 /);
  });
});

describe('a tab', () => {
  const check = (headers: OutgoingHttpHeaders) => ask('/session', { headers }).then((answer) => answer.status);

  it('is let in by cookie and value together, also after a reload', async () => {
    const { cookie, value } = await openTab();
    expect(await check({ cookie, 'x-everynode-session': value })).toBe(204);
    const socket = await opened({ cookie, value });
    expect(socket.protocol).toBe('everynode.v1');
    socket.close();
    await closed(socket);
    await opened({ cookie, value });
  });

  it('is not let in by one of them', async () => {
    const { cookie, value } = await openTab();
    expect(await check({ cookie })).toBe(401);
    expect(await check({ 'x-everynode-session': value })).toBe(401);
    expect(await openSocket({ cookie })).toBe(401);
    expect(await openSocket({ value })).toBe(401);
    expect(await openSocket({})).toBe(401);
  });

  it('needs a code of its own beside another tab, and has its own value then', async () => {
    const first = await openTab();
    expect(await openSocket({ cookie: first.cookie, value: 'guessed' })).toBe(401);
    const second = await openTab(first.cookie);
    await opened(first);
    await opened(second);
    expect(pages.pageCount).toBe(2);
  });

  it('of a second browser is not let in by what the first one has', async () => {
    const first = await openTab();
    const second = await openTab();
    expect(await openSocket({ cookie: first.cookie, value: second.value })).toBe(401);
    expect(await openSocket({ cookie: second.cookie, value: first.value })).toBe(401);
  });

  it('opens nothing but the one WebSocket path', async () => {
    const tab = await openTab();
    expect(await openSocket({ ...tab, path: '/' })).toBe(404);
    expect(await openSocket({ ...tab, path: '/socket?x' })).toBe(404);
  });

  it('is refused when too many are open, and let in when one was closed', async () => {
    const tab = await openTab();
    const all = await Promise.all(Array.from({ length: MAX_SOCKETS }, () => opened(tab)));
    expect(await openSocket(tab)).toBe(503);
    expect(await check({ cookie: tab.cookie, 'x-everynode-session': tab.value })).toBe(503);
    const one = all[0];
    one?.close();
    if (one !== undefined) await closed(one);
    await opened(tab);
  });
});

describe('an open WebSocket', () => {
  it('is closed by a message that is too large', async () => {
    const socket = await opened(await openTab());
    socket.send(Buffer.alloc(MAX_MESSAGE_BYTES + 1, 0x20).toString());
    expect(await closed(socket)).toBe(1009);
  });

  it.each([
    ['text', 'hello'],
    ['an array', '[]'],
    ['a number', '1'],
    ['no id', '{"p":{"u":1}}'],
    ['null', 'null'],
  ])('is closed by %s that is not the protocol', async (_name, message) => {
    const socket = await opened(await openTab());
    socket.send(message);
    expect(await closed(socket)).toBe(1008);
  });

  it('is closed by bytes', async () => {
    const socket = await opened(await openTab());
    socket.send(Buffer.from('{}'));
    expect(await closed(socket)).toBe(1008);
  });

  it('of a page that does not read is not written to without end', async () => {
    const socket = await opened(await openTab());
    const first = new Promise((resolve) => socket.once('message', resolve));
    // As a page asks that paces nothing: only the socket itself holds the stream back.
    socket.send(JSON.stringify({ i: '1', p: { u: '/context/watch', b: {} } }));
    await first;
    socket.pause();
    let before = -1;
    while (before !== pulled) {
      before = pulled;
      for (let turn = 0; turn < 20; turn++) await ask('/');
    }
    expect(pulled * ITEM_BYTES).toBeLessThan(64 * 1024 * 1024);
    socket.terminate();
    await closed(socket);
    await ask('/');
    expect(watching).toBe(0);
  });

  it('is ended when its page is silent for three pings', async () => {
    const tab = await openTab();
    const silent = new WebSocket(`ws://${host}/socket`, ['everynode.v1', `everynode.session.${tab.value}`], {
      headers: { cookie: tab.cookie, origin },
      autoPong: false,
    });
    sockets.push(silent);
    await new Promise((resolve) => silent.once('open', resolve));
    await clock.advance(15_000);
    expect(silent.readyState).toBe(WebSocket.OPEN);
    const end = closed(silent);
    await clock.advance(5_000);
    expect(await end).toBe(1006);
    expect(pages.pageCount).toBe(0);
  });

  it('stays open while its page answers', async () => {
    const socket = await opened(await openTab());
    for (let beat = 0; beat < 6; beat++) {
      const pinged = new Promise((resolve) => socket.once('ping', resolve));
      await clock.advance(5_000);
      await pinged;
      // The pong was sent on the ping; an answer to a later request comes after it.
      await ask('/');
    }
    expect(socket.readyState).toBe(WebSocket.OPEN);
  });

  it('ends with the host', async () => {
    const socket = await opened(await openTab());
    const end = closed(socket);
    await http.close();
    expect([1001, 1006]).toContain(await end);
  });
});

describe('its port', () => {
  it('is open on 127.0.0.1 and on no other address', async () => {
    const elsewhere = connect(http.port, '127.0.0.2');
    const outcome = await new Promise((resolve) => {
      elsewhere.once('connect', () => resolve('open'));
      elsewhere.once('error', () => resolve('closed'));
    });
    elsewhere.destroy();
    expect(outcome).toBe('closed');
  });

  it('that is taken is an error with its code', async () => {
    const again = openPageHttp({ port: http.port, rendererRoot: folder, pages, clock, onBug: () => undefined });
    await expect(again).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
