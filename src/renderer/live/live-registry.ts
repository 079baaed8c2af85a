import type { Clock } from '../../shared/clock.ts';
import type { RowsItem, ValueItem } from '../../shared/contract/live.ts';
import type { Client } from './client.ts';
import type { Frames } from './frames.ts';
import { LiveRead, type LiveTarget, type TransportSignal } from './live-read.ts';
import { type LiveRow, RowsStore } from './rows-store.ts';
import { ValueStore } from './value-store.ts';

/** Names one read: what is read, of which context, and everything else that the call depends on. JSON values only. */
export type LiveKey = readonly [kind: string, contextName: string, ...rest: readonly unknown[]];

export type Opens<Item> = (
  client: Client,
  signal: AbortSignal,
) => AsyncIterable<Item> | PromiseLike<AsyncIterable<Item>>;

/** A store and its stream. The first subscriber starts the stream, the last one ends it. */
export interface LiveSource<Store> {
  readonly store: Store;
  readonly subscribe: (listener: () => void) => () => void;
  readonly retry: () => void;
}

interface Entry {
  readonly source: LiveSource<unknown>;
}

export interface LiveRegistryOptions {
  readonly client: Client;
  readonly transport: TransportSignal;
  readonly clock: Clock;
  readonly frames: Frames;
}

/** All live reads of the page: two parts of a page that read the same share one stream. */
export class LiveRegistry {
  readonly #options: LiveRegistryOptions;
  readonly #entries = new Map<string, Entry>();
  /** Made while a page renders, and not subscribed to before that is done; a render that comes to nothing leaves no other trace. */
  readonly #made = new Map<string, WeakRef<Entry>>();
  readonly #lastItemAt = new Map<string, number>();

  constructor(options: LiveRegistryOptions) {
    this.#options = options;
  }

  rows<Row extends LiveRow>(key: LiveKey, open: Opens<RowsItem<Row>>): LiveSource<RowsStore<Row>> {
    return this.#source(`rows:${JSON.stringify(key)}`, key[1], open, () => new RowsStore<Row>(this.#options.frames));
  }

  value<Value>(key: LiveKey, open: Opens<ValueItem<Value>>): LiveSource<ValueStore<Value>> {
    return this.#source(
      `value:${JSON.stringify(key)}`,
      key[1],
      open,
      () => new ValueStore<Value>(this.#options.frames),
    );
  }

  /** When the newest rows or value of any read of this context came, in milliseconds since 1970. */
  lastItemAt(contextName: string): number | undefined {
    return this.#lastItemAt.get(contextName);
  }

  get openCount(): number {
    return this.#entries.size;
  }

  #source<Item, Store extends LiveTarget<Item> & { subscribe(listener: () => void): () => void }>(
    id: string,
    contextName: string,
    open: Opens<Item>,
    create: () => Store,
  ): LiveSource<Store> {
    const existing = this.#entries.get(id) ?? this.#made.get(id)?.deref();
    // An id begins with its kind of store and holds the whole key, so the entry was made by this same call.
    if (existing !== undefined) return existing.source as LiveSource<Store>;
    const entry = this.#create(id, contextName, open, create());
    this.#made.set(id, new WeakRef(entry));
    return entry.source as LiveSource<Store>;
  }

  #create<Item, Store extends LiveTarget<Item> & { subscribe(listener: () => void): () => void }>(
    id: string,
    contextName: string,
    open: Opens<Item>,
    store: Store,
  ): Entry {
    const { client, transport, clock } = this.#options;
    let subscribers = 0;
    let read: LiveRead<Item> | undefined;
    const entry: Entry = {
      source: { store, subscribe: (listener) => subscribe(listener), retry: () => read?.retry() },
    };
    const onItem = (item: unknown) => {
      if (isNews(item)) this.#lastItemAt.set(contextName, clock.now());
    };
    const end = () => {
      if (subscribers > 0) return;
      read?.stop();
      read = undefined;
      if (this.#entries.get(id) === entry) this.#entries.delete(id);
      this.#forgetMade(id, entry);
    };
    const subscribe = (listener: () => void) => {
      const unsubscribe = store.subscribe(listener);
      subscribers += 1;
      this.#entries.set(id, entry);
      this.#forgetMade(id, entry);
      read ??= new LiveRead({ open: (signal) => open(client, signal), target: store, transport, clock, onItem });
      return () => {
        unsubscribe();
        subscribers -= 1;
        // A page that changes unsubscribes and subscribes in one go: the stream survives that.
        if (subscribers === 0) queueMicrotask(end);
      };
    };
    return entry;
  }

  #forgetMade(id: string, entry: Entry): void {
    for (const [each, made] of this.#made) {
      const there = made.deref();
      if (there === undefined || (each === id && there === entry)) this.#made.delete(each);
    }
  }
}

/** Whether an item tells of the cluster, and not only of the reading itself: an age of news must not be renewed by a failed try. */
function isNews(item: unknown): boolean {
  const state = typeof item === 'object' && item !== null && 'state' in item ? item.state : undefined;
  return typeof state === 'object' && state !== null && 'phase' in state && state.phase === 'live';
}
