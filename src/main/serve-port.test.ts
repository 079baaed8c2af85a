import { once } from 'node:events';
import { implement } from '@orpc/server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { electronChannel } from '../../tests/fakes/electron-channel.ts';
import { PageServer } from '../core/host/page-server.ts';
import type { HandlerContext } from '../core/session.ts';
import { contract } from '../shared/contract/contract.ts';
import { servePort } from './serve-port.ts';

let pages: PageServer;
let channel: ReturnType<typeof electronChannel>;

beforeEach(() => {
  const os = implement(contract).$context<HandlerContext>();
  const info = os.app.info.handler(() => ({ version: '1', host: 'electron', platform: 'linux', capabilities: [] }));
  pages = new PageServer({
    router: { app: { info } },
    onBug: (where, error) => {
      throw new Error(`${where}: ${String(error)}`);
    },
  });
  channel = electronChannel();
  servePort(channel.main, pages);
});
afterEach(() => channel.renderer.close());

describe('a page on a MessagePort', () => {
  it('is served until its window closes the port', async () => {
    expect(pages.pageCount).toBe(1);
    const closed = new Promise<void>((resolve) => channel.main.on('close', resolve));
    channel.renderer.close();
    await closed;
    expect(pages.pageCount).toBe(0);
  });

  it.each([
    ['bytes', new Uint8Array(3)],
    ['an object', { i: '1' }],
    ['text that is no call', 'hello'],
  ])('is ended by %s that is not the protocol', async (_name, message) => {
    const closed = once(channel.renderer, 'close');
    channel.renderer.postMessage(message);
    await closed;
    expect(pages.pageCount).toBe(0);
  });

  it('is ended when the host ends all pages', () => {
    pages.dispose();
    expect(pages.pageCount).toBe(0);
  });
});
