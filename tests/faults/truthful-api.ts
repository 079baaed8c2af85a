import { aBookmark, aDaemonSetList } from '../fakes/objects.ts';
import { serverCertificate } from '../fakes/connection-fixture.ts';
import {
  type ApiReply,
  type ApiRequest,
  replyJson,
  ScriptedApiServer,
  statusBody,
  whenLeft,
} from '../fakes/scripted-api-server.ts';

/** One DaemonSet at one version, and whether that version took it away. */
interface Entry {
  readonly version: number;
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly name: string;
  readonly object: object;
}

/** One open watch. Each event goes out in a turn of its own, as a server flushes them. */
class Watcher {
  readonly #reply: ApiReply;
  #isLeft = false;
  #chain: Promise<void> = Promise.resolve();

  constructor(reply: ApiReply, onLeft: (watcher: Watcher) => void) {
    this.#reply = reply;
    whenLeft(reply, () => {
      this.#isLeft = true;
      onLeft(this);
    });
  }

  send(line: string | Uint8Array): void {
    this.#then(() => this.#reply.write(line));
  }

  end(line?: string): void {
    this.#then(() => this.#reply.end(line));
  }

  #then(act: () => void): void {
    this.#chain = this.#chain.then(async () => {
      await new Promise<void>((resolve) => setImmediate(resolve));
      if (!this.#isLeft) act();
    });
  }
}

/** How a client speaks to it: plain HTTP/1.1, or TLS with either protocol. */
export type Protocol = 'http' | 'https' | 'h2';

/** How the next requests are answered instead of truthfully. */
export type Refusal = { readonly status: number; readonly retryAfterSeconds?: number };

/**
 * A small API server that keeps the whole history of a collection of DaemonSets: lists in pages at one version, watches
 * from any version that is not compacted, bookmarks, and 410 in the shapes that kube-apiserver has.
 */
export class TruthfulApi {
  readonly #server: ScriptedApiServer;
  readonly #watchers = new Set<Watcher>();
  readonly #history: Entry[] = [];
  readonly #pageSize: number;
  #version = 10;
  #compactedTo = 0;
  #uids = 0;
  #refusal: Refusal | undefined;
  #garbles = false;
  #eventBytes = Infinity;
  /** Requests since the start: lists (pages) and watches. */
  readonly counts = { lists: 0, watches: 0 };

  private constructor(server: ScriptedApiServer, pageSize: number) {
    this.#server = server;
    this.#pageSize = pageSize;
    server.script = (request, reply) => this.#answer(request, reply);
  }

  /** @param pageSize items in a page at most, whatever limit is asked for */
  static async start(protocol: Protocol = 'http', pageSize = 3): Promise<TruthfulApi> {
    const options = protocol === 'http' ? {} : { tls: serverCertificate, http2: protocol === 'h2' };
    return new TruthfulApi(await ScriptedApiServer.start(options, () => undefined), pageSize);
  }

  /** Bytes of the last event, with its newline. */
  get lastEventBytes(): number {
    const last = this.#history.at(-1);
    return last ? new TextEncoder().encode(eventLine(last.type, last.object)).length : 0;
  }

  get port(): number {
    return this.#server.port;
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

  /** Writes the DaemonSet, and tells its watchers no more than the first bytes of the event: the rest never comes. */
  writePart(name: string, bytes: number): void {
    this.#eventBytes = bytes;
    this.write(name);
    this.#eventBytes = Infinity;
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

  close(): Promise<void> {
    return this.#server.close();
  }

  #record(type: Entry['type'], name: string, uid: string): void {
    this.#version += 1;
    const object = aSmallDaemonSet(name, uid, this.#version);
    const entry = { version: this.#version, type, name, object };
    this.#history.push(entry);
    const line = eventLine(type, object);
    const bytes = new TextEncoder().encode(this.#garbles ? line.replace('{', '<') : line);
    for (const watcher of this.#watchers) watcher.send(bytes.subarray(0, this.#eventBytes));
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

  #answer(request: ApiRequest, reply: ApiReply): void {
    const query = new URL(request.url ?? '/', 'http://api').searchParams;
    const isWatch = query.get('watch') === 'true';
    if (isWatch) this.counts.watches += 1;
    else this.counts.lists += 1;
    const refusal = this.#refusal;
    if (refusal) {
      const { status, retryAfterSeconds } = refusal;
      const headers = retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
      const reason = status === 429 ? 'TooManyRequests' : 'InternalError';
      replyJson(reply, status, statusBody(status, reason, `scripted ${status}`), headers);
    } else if (isWatch) this.#watch(Number(query.get('resourceVersion')), reply);
    else this.#list(query, reply);
  }

  #watch(from: number, reply: ApiReply): void {
    // A watch from a compacted version is refused in the stream, or, with its cache still filling, by its status.
    if (from < this.#compactedTo && from % 2 === 0) {
      replyJson(reply, 410, expired());
      return;
    }
    reply.writeHead(200, { 'content-type': 'application/json' });
    reply.flushHeaders?.();
    if (from < this.#compactedTo) {
      reply.end(eventLine('ERROR', expired()));
      return;
    }
    const watcher = new Watcher(reply, (left) => this.#watchers.delete(left));
    this.#watchers.add(watcher);
    for (const entry of this.#history) if (entry.version > from) watcher.send(eventLine(entry.type, entry.object));
  }

  #list(query: URLSearchParams, reply: ApiReply): void {
    const token = query.get('continue');
    const [version = this.#version, start = 0] = token === null ? [] : token.split('/').map(Number);
    if (token !== null && version < this.#compactedTo) {
      replyJson(reply, 410, expired());
      return;
    }
    const all = [...this.#at(version).values()].map(({ object }) => object);
    const items = all.slice(start, start + this.#pageSize);
    const next = start + items.length;
    const metadata = {
      resourceVersion: String(version),
      ...(next < all.length ? { continue: `${version}/${next}`, remainingItemCount: all.length - next } : {}),
    };
    replyJson(reply, 200, aDaemonSetList(items, metadata));
  }
}

/** So small that every byte of its events can be cut at. Its status says its version, so that a mixture shows. */
function aSmallDaemonSet(name: string, uid: string, version: number): object {
  const metadata = { name, namespace: 'logging', uid, resourceVersion: String(version) };
  return { kind: 'DaemonSet', apiVersion: 'apps/v1', metadata, status: { desiredNumberScheduled: version } };
}

function identityOf(object: object): readonly [uid: string, resourceVersion: string] {
  const { metadata } = object as { readonly metadata: { readonly uid: string; readonly resourceVersion: string } };
  return [metadata.uid, metadata.resourceVersion];
}

function eventLine(type: string, object: unknown): string {
  return `${JSON.stringify({ type, object })}\n`;
}

function expired(): unknown {
  return statusBody(410, 'Expired', 'too old resource version');
}
