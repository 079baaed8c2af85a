import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { type Core, createCore } from '../../src/core/create-core.ts';
import { openSession } from '../../src/core/session.ts';
import type { RowsItem } from '../../src/shared/contract/live.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { CrowdApi } from './server-crowd-api.ts';
import { seeded } from './server-fleet.ts';

/** What a reader of one context was told last. */
export interface Shown {
  readonly phase: string;
  /** namespace/name */
  readonly names: readonly string[];
}

export interface CrowdSize {
  readonly contexts: number;
  readonly servers: number;
  /** Namespaces that each context reads: one read each. */
  readonly namespaces: number;
}

/** Many contexts of one kubeconfig over one core, each with a page that reads several namespaces, on a still clock. */
export class Crowd {
  readonly clock = new FakeClock();
  readonly apis: CrowdApi[] = [];
  readonly contexts: readonly string[];
  readonly namespaces: readonly string[];
  readonly shown = new Map<string, Shown>();
  readonly core: Core;
  readonly #page = openSession('page');
  readonly #folder: string;

  private constructor(parts: { clock: FakeClock; apis: CrowdApi[]; core: Core; folder: string; size: CrowdSize }) {
    this.clock = parts.clock;
    this.apis = parts.apis;
    this.core = parts.core;
    this.#folder = parts.folder;
    this.contexts = Array.from({ length: parts.size.contexts }, (_, nth) => `c${nth}`);
    this.namespaces = Array.from({ length: parts.size.namespaces }, (_, nth) => `team-${nth}`);
  }

  /** Everything is open and live. */
  static async start(size: CrowdSize): Promise<Crowd> {
    const clock = new FakeClock();
    const apis = await Promise.all(Array.from({ length: size.servers }, () => CrowdApi.start(() => clock.now())));
    const folder = await mkdtemp(join(tmpdir(), 'everynode-crowd-'));
    const path = join(folder, 'config');
    await writeFile(path, kubeconfig(size.contexts, apis), { mode: 0o600 });
    const core = await createCore({
      version: '0',
      host: 'server',
      platform: process.platform,
      dataDir: folder,
      kubeconfigArgs: [path],
      env: {},
      clock,
      random: seeded(),
      log: () => undefined,
      demoProcess: () => Promise.reject(new Error('no demo here')),
    });
    const crowd = new Crowd({ clock, apis, core, folder, size });
    for (const contextName of crowd.contexts) await crowd.#open(contextName);
    await crowd.pass('all watching', () => crowd.arrivals.filter(({ isWatch }) => isWatch).length === crowd.reads);
    await crowd.pass('all live', () => crowd.every('live'));
    return crowd;
  }

  /** Reads of all contexts together. */
  get reads(): number {
    return this.contexts.length * this.namespaces.length;
  }

  /** Whatever came to any server, in the order of the clock. */
  get arrivals() {
    return this.apis.flatMap((api) => api.arrivals).toSorted((a, b) => a.at - b.at);
  }

  get client() {
    return createRouterClient(this.core.router, { context: { session: this.#page.session } });
  }

  every(phase: string): boolean {
    return this.contexts.every((contextName) => this.shown.get(contextName)?.phase === phase);
  }

  /** Contexts whose rows are not what their server has. */
  wrong(): readonly string[] {
    return this.contexts.filter((contextName, nth) => {
      const names = this.apis[nth % this.apis.length]?.names ?? [];
      const expected = this.namespaces.flatMap((namespace) => names.map((name) => `${namespace}/${name}`));
      return this.shown.get(contextName)?.names.toSorted().join() !== expected.toSorted().join();
    });
  }

  /** Lets the clock go on in steps of 5 ms until it is so; sockets have their time after each. */
  async pass(what: string, condition: () => boolean): Promise<void> {
    for (let step = 0; step < 20_000 && !condition(); step += 1) await this.clock.advance(5);
    if (!condition()) throw new Error(`never came: ${what}; ${JSON.stringify([...this.shown])}`);
  }

  async close(): Promise<void> {
    this.#page.close();
    await this.core.dispose();
    await Promise.all(this.apis.map((api) => api.end()));
    await rm(this.#folder, { recursive: true });
  }

  async #open(contextName: string): Promise<void> {
    await this.client.context.open({ contextName });
    const items = await this.client.daemonSet.watchList({ contextName, namespaces: [...this.namespaces] });
    this.#follow(contextName, items).catch((error: unknown) => {
      if (!this.#page.session.signal.aborted) throw error;
    });
  }

  async #follow(contextName: string, items: AsyncIterable<RowsItem<NamedRow>>): Promise<void> {
    const rows = new Map<string, string>();
    for await (const item of items) {
      if (item.type === 'full') rows.clear();
      for (const row of item.type === 'full' ? item.rows : item.upserted)
        rows.set(row.uid, `${row.namespace}/${row.name}`);
      for (const uid of item.type === 'batch' ? item.deletedUids : []) rows.delete(uid);
      this.shown.set(contextName, { phase: item.state.phase, names: [...rows.values()] });
    }
  }
}

interface NamedRow {
  readonly uid: string;
  readonly namespace: string;
  readonly name: string;
}

/** Context i has the token `ci` and speaks to one of the servers in turn. */
function kubeconfig(contexts: number, apis: readonly CrowdApi[]): string {
  const names = Array.from({ length: contexts }, (_, nth) => `c${nth}`);
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: apis.map((api, nth) => ({ name: `s${nth}`, cluster: { server: api.url } })),
    users: names.map((name) => ({ name, user: { token: name } })),
    contexts: names.map((name, nth) => ({ name, context: { cluster: `s${nth % apis.length}`, user: name } })),
  });
}
