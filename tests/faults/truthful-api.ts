import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { aBookmark, aDaemonSetList, aDaemonSetObject } from '../fakes/objects.ts';

/** One DaemonSet at one version, and whether that version took it away. */
interface Entry {
  readonly version: number;
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly name: string;
  readonly object: object;
}

/** One open watch. Each event goes out in a turn of its own, as a server flushes them. */
class Watcher {
  readonly response: ServerResponse;
  #chain: Promise<void> = Promise.resolve();

  constructor(response: ServerResponse) {
    this.response = response;
  }

  send(line: string): void {
    this.#then(() => this.response.write(line));
  }

  end(line?: string): void {
    this.#then(() => this.response.end(line));
  }

  #then(act: () => void): void {
    this.#chain = this.#chain.then(async () => {
      await new Promise<void>((resolve) => setImmediate(resolve));
      if (!this.response.destroyed) act();
    });
  }
}

/** How the next requests are answered instead of truthfully. */
export type Refusal = { readonly status: number; readonly retryAfterSeconds?: number };

/**
 * A small API server that keeps the whole history of a collection of DaemonSets: lists in pages at one version, watches
 * from any version that is not compacted, bookmarks, and 410 in the shapes that kube-apiserver has.
 */
export class TruthfulApi {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #watchers = new Set<Watcher>();
  readonly #history: Entry[] = [];
  readonly #pageSize: number;
  #version = 10;
  #compactedTo = 0;
  #uids = 0;
  #refusal: Refusal | undefined;
  #garbles = false;
  /** Requests since the start: lists (pages) and watches. */
  readonly counts = { lists: 0, watches: 0 };

  private constructor(pageSize: number) {
    this.#pageSize = pageSize;
    this.#server = createServer((request, response) => this.#answer(request, response));
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('error', ignore).once('close', () => this.#sockets.delete(socket));
    });
  }

  /** @param pageSize items in a page at most, whatever limit is asked for */
  static async start(pageSize = 3): Promise<TruthfulApi> {
    const api = new TruthfulApi(pageSize);
    await new Promise<void>((resolve) => api.#server.listen(0, '127.0.0.1', resolve));
    return api;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get openSockets(): number {
    return this.#sockets.size;
  }

  get openWatches(): number {
    return this.#watchers.size;
  }

  set refusal(refusal: Refusal | undefined) {
    this.#refusal = refusal;
  }

  /** uid to resourceVersion of what is there now. */
  get truth(): ReadonlyMap<string, string> {
    return new Map([...this.#at(this.#version).values()].map((entry) => identityOf(entry.object)));
  }

  get names(): readonly string[] {
    return [...this.#at(this.#version).keys()];
  }

  /** Whether an object of this uid ever had this version. */
  everWas(uid: string, resourceVersion: string): boolean {
    return this.#history.some(({ type, object }) => {
      if (type === 'DELETED') return false;
      const [ownUid, ownVersion] = identityOf(object);
      return ownUid === uid && ownVersion === resourceVersion;
    });
  }

  /** Creates the DaemonSet, or gives it a new version. */
  write(name: string): void {
    const before = this.#at(this.#version).get(name);
    const uid = before ? identityOf(before.object)[0] : `uid-${name}-${(this.#uids += 1)}`;
    this.#record(before ? 'MODIFIED' : 'ADDED', name, uid);
  }

  /** Writes the DaemonSet, and tells its watchers in a line that is no JSON. */
  garble(name: string): void {
    this.#garbles = true;
    this.write(name);
    this.#garbles = false;
  }

  delete(name: string): void {
    const before = this.#at(this.#version).get(name);
    if (before) this.#record('DELETED', name, identityOf(before.object)[0]);
  }

  /** A version that no watcher of this collection hears of: another resource was written. */
  elsewhere(): void {
    this.#version += 1;
  }

  bookmark(): void {
    const line = eventLine('BOOKMARK', aBookmark(String(this.#version)));
    for (const watcher of this.#watchers) watcher.send(line);
  }

  /** Forgets everything before now, as etcd's compaction does. */
  compact(): void {
    this.#version += 1;
    this.#compactedTo = this.#version;
  }

  /** Ends the watches as the server does at their timeoutSeconds. */
  endWatches(): void {
    for (const watcher of this.#watchers) watcher.end();
  }

  /** Tells every watcher that its version is too old, and ends it. */
  expireWatches(): void {
    for (const watcher of this.#watchers) watcher.end(eventLine('ERROR', expired()));
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #record(type: Entry['type'], name: string, uid: string): void {
    this.#version += 1;
    const object = aDaemonSetObject(name, { uid, resourceVersion: String(this.#version), desired: this.#version });
    const entry = { version: this.#version, type, name, object };
    this.#history.push(entry);
    const line = eventLine(type, object);
    for (const watcher of this.#watchers) watcher.send(this.#garbles ? line.replace('{', '<') : line);
  }

  /** What was there at a version, in the order of names. */
  #at(version: number): ReadonlyMap<string, Entry> {
    const there = new Map<string, Entry>();
    for (const entry of this.#history) {
      if (entry.version > version) break;
      if (entry.type === 'DELETED') there.delete(entry.name);
      else there.set(entry.name, entry);
    }
    return new Map([...there].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const query = new URL(request.url ?? '/', 'http://api').searchParams;
    const isWatch = query.get('watch') === 'true';
    if (isWatch) this.counts.watches += 1;
    else this.counts.lists += 1;
    const refusal = this.#refusal;
    if (refusal) {
      const { status, retryAfterSeconds } = refusal;
      const headers = retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
      reply(response, status, failureStatus(status, status === 429 ? 'TooManyRequests' : 'InternalError'), headers);
    } else if (isWatch) this.#watch(Number(query.get('resourceVersion')), response);
    else this.#list(query, response);
  }

  #watch(from: number, response: ServerResponse): void {
    // A watch from a compacted version is refused in the stream, or, with its cache still filling, by its status.
    if (from < this.#compactedTo && from % 2 === 0) {
      reply(response, 410, expired());
      return;
    }
    response.writeHead(200, { 'content-type': 'application/json' });
    response.flushHeaders();
    if (from < this.#compactedTo) {
      response.end(eventLine('ERROR', expired()));
      return;
    }
    const watcher = new Watcher(response);
    for (const entry of this.#history) if (entry.version > from) watcher.send(eventLine(entry.type, entry.object));
    this.#watchers.add(watcher);
    response.once('close', () => this.#watchers.delete(watcher));
  }

  #list(query: URLSearchParams, response: ServerResponse): void {
    const token = query.get('continue');
    const [version = this.#version, start = 0] = token === null ? [] : token.split('/').map(Number);
    if (token !== null && version < this.#compactedTo) {
      reply(response, 410, expired());
      return;
    }
    const all = [...this.#at(version).values()].map(({ object }) => object);
    const items = all.slice(start, start + this.#pageSize);
    const next = start + items.length;
    const metadata = {
      resourceVersion: String(version),
      ...(next < all.length ? { continue: `${version}/${next}`, remainingItemCount: all.length - next } : {}),
    };
    reply(response, 200, aDaemonSetList(items, metadata));
  }
}

function identityOf(object: object): readonly [uid: string, resourceVersion: string] {
  const { metadata } = object as { readonly metadata: { readonly uid: string; readonly resourceVersion: string } };
  return [metadata.uid, metadata.resourceVersion];
}

function eventLine(type: string, object: unknown): string {
  return `${JSON.stringify({ type, object })}\n`;
}

function failureStatus(code: number, reason: string): unknown {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message: `scripted ${code}`,
    reason,
    code,
  };
}

function expired(): unknown {
  return failureStatus(410, 'Expired');
}

function reply(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

function ignore(): void {
  // The test looks at the client's side.
}
