import type { Clock, Timer } from '../../shared/clock.ts';
import type { RowOf, RowResource } from '../../shared/kubernetes/rows.ts';
import type { Lease, LiveRows } from '../live-rows.ts';
import type { ApiConnection } from './api-connection.ts';
import type { DecodePool } from './decode-pool.ts';
import { createReflector, type Reflector } from './reflector.ts';
import { resourceDecoder } from './row-decoder.ts';

/** What one reflector follows. */
export interface LiveScope<R extends RowResource> {
  readonly resource: R;
  /** Collection path: "/api/v1/namespaces/logging/pods". */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
}

/** The live reads of one context: one reflector per scope, however many read it. */
export interface LivePool {
  open<R extends RowResource>(scope: LiveScope<R>): Lease<LiveRows<RowOf[R]>>;
  /** Reflectors that run, with those that nobody has read for less than 5 s. */
  readonly size: number;
  /** Every reflector tries again after so many milliseconds, now unless told: the "now" button, or the machine woke up. */
  nudge(delayMs?: number): void;
  dispose(): Promise<void>;
}

export interface LivePoolOptions {
  readonly connection: ApiConnection;
  readonly decode: DecodePool;
  readonly clock: Clock;
  readonly random: () => number;
}

/** So that a page change does not list everything again. */
const LINGER_MS = 5000;

/** About a screen of a table: the first page of rows is there in half the time. */
const FIRST_PAGE_SIZE = 100;

interface Entry<R extends RowResource> {
  readonly reflector: Reflector<RowOf[R]>;
  leases: number;
  linger: Timer | undefined;
}

type Entries = { readonly [R in RowResource]: Map<string, Entry<R>> };

function keyOf(scope: LiveScope<RowResource>): string {
  const query = Object.entries(scope.query ?? {})
    .filter(([, value]) => value !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([scope.path, query]);
}

class ReflectorPool implements LivePool {
  readonly #options: LivePoolOptions;
  readonly #entries: Entries = {
    daemonsets: new Map(),
    pods: new Map(),
    nodes: new Map(),
    namespaces: new Map(),
    controllerrevisions: new Map(),
    events: new Map(),
  };
  readonly #stopping = new Set<Promise<void>>();
  #disposed = false;

  constructor(options: LivePoolOptions) {
    this.#options = options;
  }

  get #all(): readonly Entry<RowResource>[] {
    return Object.values(this.#entries).flatMap((map) => [...map.values()]);
  }

  get size(): number {
    return this.#all.length;
  }

  open<R extends RowResource>(scope: LiveScope<R>): Lease<LiveRows<RowOf[R]>> {
    if (this.#disposed) throw new Error('the live pool is disposed');
    const map: Map<string, Entry<R>> = this.#entries[scope.resource];
    const key = keyOf(scope);
    const entry = map.get(key) ?? this.#start(scope);
    map.set(key, entry);
    this.#options.clock.clearTimeout(entry.linger);
    entry.leases += 1;
    let released = false;
    return {
      value: entry.reflector,
      release: () => {
        if (!released) this.#release(map, key, entry);
        released = true;
      },
    };
  }

  nudge(delayMs = 0): void {
    for (const entry of this.#all) entry.reflector.nudge(delayMs);
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    for (const entry of this.#all) {
      this.#options.clock.clearTimeout(entry.linger);
      this.#stop(entry.reflector);
    }
    for (const map of Object.values(this.#entries)) map.clear();
    await Promise.all(this.#stopping);
  }

  #start<R extends RowResource>({ resource, path, query = {} }: LiveScope<R>): Entry<R> {
    const { connection, decode, clock, random } = this.#options;
    const decoder = resourceDecoder(decode, resource);
    return {
      reflector: createReflector({ connection, path, query, decoder, clock, random, firstPageSize: FIRST_PAGE_SIZE }),
      leases: 0,
      linger: undefined,
    };
  }

  #release<R extends RowResource>(map: Map<string, Entry<R>>, key: string, entry: Entry<R>): void {
    entry.leases -= 1;
    if (entry.leases > 0 || this.#disposed) return;
    entry.linger = this.#options.clock.setTimeout(() => {
      map.delete(key);
      this.#stop(entry.reflector);
    }, LINGER_MS);
  }

  #stop(reflector: { stop(): Promise<void> }): void {
    const stopped = reflector.stop().finally(() => this.#stopping.delete(stopped));
    this.#stopping.add(stopped);
  }
}

export function createLivePool(options: LivePoolOptions): LivePool {
  return new ReflectorPool(options);
}
