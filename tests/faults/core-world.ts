import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { type Core, createCore } from '../../src/core/create-core.ts';
import { type OpenSession, openSession } from '../../src/core/session.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { FaultProxy } from './fault-proxy.ts';
import { settled } from './settled.ts';

export interface CoreWorldOptions {
  /** Of the server behind the proxy. */
  readonly port: number;
  /** The text of a kubeconfig whose one context is `faults` and whose server is at this port. */
  kubeconfig(port: number): string;
}

export const CONTEXT = 'faults';

/** The whole core on an injected clock, in front of a proxy, with one page. */
export class CoreWorld {
  readonly clock: FakeClock;
  readonly proxy: FaultProxy;
  readonly client: ReturnType<typeof clientOf>;
  readonly #core: Core;
  readonly #page: OpenSession;
  readonly #folder: string;
  #isOver = false;

  private constructor(parts: {
    readonly clock: FakeClock;
    readonly proxy: FaultProxy;
    readonly core: Core;
    readonly folder: string;
  }) {
    this.clock = parts.clock;
    this.proxy = parts.proxy;
    this.#core = parts.core;
    this.#folder = parts.folder;
    this.#page = openSession('page');
    this.client = clientOf(this.#core, this.#page);
  }

  /** The kubeconfig is read; nothing is connected. */
  static async start({ port, kubeconfig }: CoreWorldOptions): Promise<CoreWorld> {
    const clock = new FakeClock();
    const proxy = await FaultProxy.start(port, { clock });
    const folder = await mkdtemp(join(tmpdir(), 'everynode-faults-'));
    const path = join(folder, 'config');
    await writeFile(path, kubeconfig(proxy.port));
    const core = await createCore({
      version: '0',
      host: 'server',
      platform: process.platform,
      dataDir: join(folder, 'data'),
      kubeconfigArgs: [path],
      env: {},
      home: folder,
      clock,
      random: () => 0.5,
      log: () => undefined,
      demoProcess: () => Promise.reject(new Error('no demo cluster here')),
    });
    return new CoreWorld({ clock, proxy, core, folder });
  }

  nudge(): void {
    this.#core.nudge();
  }

  /** Ends page and core, and says what they leave open. */
  async leftovers(): Promise<readonly string[]> {
    await this.#end();
    return settled(() => [
      ...(this.proxy.open > 0 ? [`${this.proxy.open} connections`] : []),
      ...(this.clock.pendingTimers > 0 ? [`${this.clock.pendingTimers} timers`] : []),
    ]);
  }

  async close(): Promise<void> {
    await this.#end();
    await this.proxy.close();
    await rm(this.#folder, { recursive: true });
  }

  async #end(): Promise<void> {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#page.close();
    await this.#core.dispose();
  }
}

function clientOf(core: Core, page: OpenSession) {
  return createRouterClient(core.router, { context: { session: page.session } });
}
