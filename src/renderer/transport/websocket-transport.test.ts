import { implement } from '@orpc/server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket as NodeSocket } from 'ws';
import { FakeBrowser, type FakeTab } from '../../../tests/fakes/fake-browser.ts';
import { FakeClock } from '../../../tests/fakes/fake-clock.ts';
import { PageServer } from '../../core/host/page-server.ts';
import type { HandlerContext } from '../../core/session.ts';
import { openPageHttp, type PageHttp } from '../../server/http-server.ts';
import { MAX_SOCKETS } from '../../server/page-sockets.ts';
import { contract } from '../../shared/contract/contract.ts';
import { PageSession } from './page-session.ts';
import type { TransportState } from './transport-state.ts';
import { WebSocketTransport } from './websocket-transport.ts';

let hostClock: FakeClock;
let clock: FakeClock;
let http: PageHttp;
let browser: FakeBrowser;
const transports: WebSocketTransport[] = [];
const sockets: NodeSocket[] = [];
/** Called with the number of sockets so far when one begins to open. */
let onSocket: (count: number) => void;

async function startHost(port = 0): Promise<PageHttp> {
  const os = implement(contract).$context<HandlerContext>();
  const info = os.app.info.handler(() => ({ version: '1', host: 'server', platform: 'linux', capabilities: [] }));
  const onBug = (where: string, error: unknown) => {
    throw new Error(`${where}: ${String(error)}`);
  };
  const pages = new PageServer({ router: { app: { info } }, onBug });
  return openPageHttp({ port, rendererRoot: '/nonexistent', pages, clock: hostClock, onBug });
}

beforeEach(async () => {
  hostClock = new FakeClock();
  clock = new FakeClock();
  onSocket = () => undefined;
  http = await startHost();
  browser = new FakeBrowser(`http://127.0.0.1:${http.port}`);
});

afterEach(async () => {
  for (const transport of transports.splice(0)) transport.dispose();
  for (const socket of sockets.splice(0)) socket.terminate();
  await http.close();
  expect([clock.pendingTimers, hostClock.pendingTimers]).toEqual([0, 0]);
});

function openPage(tab: FakeTab): WebSocketTransport {
  const transport = new WebSocketTransport({
    session: new PageSession(tab.window),
    openSocket: (protocols) => {
      const socket = tab.openSocket(protocols);
      // ws wants a listener; the transport hears of it by 'close', as in a browser.
      socket.on('error', () => undefined);
      sockets.push(socket);
      onSocket(sockets.length);
      // The same events and members as a browser's.
      return socket as unknown as WebSocket;
    },
    clock,
  });
  transports.push(transport);
  return transport;
}

/** Resolves with the next state that this is true of, or the present one. */
function until<S extends TransportState>(
  transport: WebSocketTransport,
  isMeant: (state: TransportState) => state is S,
): Promise<S> {
  return new Promise((resolve) => {
    const look = () => {
      const state = transport.getState();
      if (!isMeant(state)) return;
      unsubscribe();
      resolve(state);
    };
    const unsubscribe = transport.subscribe(look);
    look();
  });
}

type In<Phase extends TransportState['phase']> = Extract<TransportState, { phase: Phase }>;
const open = (state: TransportState): state is In<'open'> => state.phase === 'open';
const waiting = (state: TransportState): state is In<'lost'> => state.phase === 'lost' && state.retryAt !== undefined;
const refused = (state: TransportState): state is In<'refused'> => state.phase === 'refused';
const needsCode = (state: TransportState): state is In<'needsCode'> => state.phase === 'needsCode' && !state.busy;

const tabWithCode = () => browser.openTab(`#code=${http.access.issueCode()}`);

describe('the first visit', () => {
  it('exchanges the code of the URL, which is gone from it at once', async () => {
    const tab = tabWithCode();
    const transport = openPage(tab);
    expect(tab.replaced).toEqual(['/#/']);
    expect(transport.getState()).toEqual({ phase: 'connecting' });
    await until(transport, open);
    expect(await transport.client.app.info()).toMatchObject({ version: '1' });
  });

  it('leaves a URL without a code as it is', async () => {
    const tab = browser.openTab('#/c/prod/daemonsets');
    expect(await until(openPage(tab), needsCode)).toEqual({ phase: 'needsCode', busy: false });
    expect(tab.replaced).toEqual([]);
  });

  it('with a code that has expired asks for another, says why, and takes it', async () => {
    const tab = tabWithCode();
    await hostClock.advance(10 * 60_000);
    const transport = openPage(tab);
    expect((await until(transport, needsCode)).error).toMatchObject({ reason: 'Unauthorized' });
    await transport.submitCode(` http://127.0.0.1:${http.port}/#code=${http.access.issueCode()}\n`);
    await until(transport, open);
  });

  it('with a wrong code keeps asking', async () => {
    const transport = openPage(browser.openTab(''));
    await until(transport, needsCode);
    await transport.submitCode('guess');
    expect(transport.getState()).toMatchObject({ phase: 'needsCode', busy: false, error: { reason: 'Unauthorized' } });
    await transport.submitCode(http.access.issueCode());
    await until(transport, open);
  });
});

describe('a tab', () => {
  it('is let in again after a reload', async () => {
    const tab = tabWithCode();
    await until(openPage(tab), open);
    await until(openPage(tab.reload()), open);
  });

  it('that holds an old link with a used code is let in by what it has', async () => {
    const link = `#code=${http.access.issueCode()}`;
    const tab = browser.openTab(link);
    await until(openPage(tab), open);
    await until(openPage(tab.reload(link)), open);
  });

  it('beside another one of the same browser needs a code of its own', async () => {
    await until(openPage(tabWithCode()), open);
    const second = openPage(browser.openTab(''));
    await until(second, needsCode);
    await second.submitCode(http.access.issueCode());
    await until(second, open);
  });

  it('of another browser needs a code of its own', async () => {
    await until(openPage(tabWithCode()), open);
    const other = new FakeBrowser(`http://127.0.0.1:${http.port}`);
    await until(openPage(other.openTab('')), needsCode);
  });

  it('is told when too many are open, and gets in by trying again', async () => {
    const tab = tabWithCode();
    await until(openPage(tab), open);
    for (let i = 1; i < MAX_SOCKETS; i++) await until(openPage(tab.reload()), open);
    const late = openPage(tab.reload());
    await until(late, waiting);
    await clock.advance(500);
    expect((await until(late, refused)).error.message).toContain(`${MAX_SOCKETS} tabs`);
    const closed = new Promise((resolve) => sockets[0]?.once('close', resolve));
    transports[0]?.dispose();
    await closed;
    late.retryNow();
    await until(late, open);
  });
});

describe('a lost connection', () => {
  it('comes back by itself, and is waited for with growing pauses of at most 5 s', async () => {
    const transport = openPage(tabWithCode());
    await until(transport, open);
    const { port } = http;
    await http.close();
    const { since } = await until(transport, waiting);
    expect(since).toBe(clock.now());
    const pauses: number[] = [];
    for (let attempt = 0; attempt < 6; attempt++) {
      const { retryAt = 0 } = await until(transport, waiting);
      pauses.push(retryAt - clock.now());
      await clock.advance(retryAt - clock.now());
    }
    expect(pauses).toEqual([500, 1000, 2000, 4000, 5000, 5000]);
    await until(transport, waiting);
    expect(transport.getState()).toMatchObject({ since });
    http = await startHost(port);
    transport.retryNow();
    // Another process does not know this tab, whatever it has.
    expect((await until(transport, needsCode)).error?.reason).toBe('Unauthorized');
  });

  it('to the same host is opened again without a code', async () => {
    const transport = openPage(tabWithCode());
    await until(transport, open);
    sockets[0]?.terminate();
    await until(transport, waiting);
    await clock.advance(500);
    await until(transport, open);
    expect(await transport.client.app.info()).toMatchObject({ version: '1' });
  });

  it('is tried for once, however often it is asked for while a try is on its way', async () => {
    const transport = openPage(tabWithCode());
    await until(transport, open);
    sockets[0]?.terminate();
    await until(transport, waiting);
    transport.retryNow();
    transport.retryNow();
    await until(transport, open);
    expect(sockets).toHaveLength(2);
    expect(await transport.client.app.info()).toMatchObject({ version: '1' });
  });

  it('that is asked for while a socket opens gets a new one, and only that one counts', async () => {
    const transport = openPage(tabWithCode());
    await until(transport, open);
    sockets[0]?.terminate();
    await until(transport, waiting);
    onSocket = (count) => {
      if (count === 2) queueMicrotask(() => transport.retryNow());
    };
    transport.retryNow();
    await until(transport, open);
    expect(sockets).toHaveLength(3);
    expect(await transport.client.app.info()).toMatchObject({ version: '1' });
    expect(sockets[1]?.readyState).not.toBe(NodeSocket.OPEN);
  });

  it('is noticed within 30 s when nothing tells of it', async () => {
    const transport = openPage(tabWithCode());
    await until(transport, open);
    // The other side is gone without a word: what is sent gets nowhere, and nothing comes.
    sockets[0]?.pause();
    const began = clock.now();
    await clock.advance(30_000);
    const { since } = await until(transport, (state): state is In<'lost'> => state.phase === 'lost');
    expect(since - began).toBeLessThanOrEqual(30_000);
  });

  it('is not suspected while the host answers, however quiet it is', async () => {
    const transport = openPage(tabWithCode());
    await until(transport, open);
    for (let beat = 0; beat < 20; beat++) {
      await clock.advance(7000);
      await transport.client.app.info();
    }
    expect(transport.isConnected()).toBe(true);
    expect(sockets).toHaveLength(1);
  });
});
