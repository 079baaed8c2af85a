import type { ServerResponse } from 'node:http';
import type { DemoClock, Timer } from '../clock.ts';
import type { KubeObject } from '../objects.ts';
import type { Collection } from '../store/collection.ts';
import type { Change } from '../store/event-log.ts';
import { objectJson } from '../store/object-json.ts';
import type { Answer } from './request.ts';
import type { Selection } from './selection.ts';
import { expired, invalid, rawFailure } from './status-error.ts';

const BOOKMARK_MS = 60_000;
/** A watcher that lets this much pile up is cut off, as the API server cuts off slow ones. */
const BACKLOG_BYTES = 16 * 1024 * 1024;
const DEFAULT_TIMEOUT_S = 1_800;

export interface WatchInput {
  readonly collection: Collection<KubeObject>;
  readonly kind: string;
  readonly apiVersion: string;
  readonly currentVersion: () => number;
  readonly selection: Selection;
  readonly query: URLSearchParams;
  readonly clock: DemoClock;
  readonly response: ServerResponse;
  readonly expiredWatch: 'event' | 'status';
  readonly openStreams: Set<() => void>;
}

const lines = new WeakMap<object, Map<string, Buffer>>();

/** One event's line, made once for all watchers of it. */
function eventLine(type: string, object: KubeObject): Buffer {
  let byType = lines.get(object);
  if (byType === undefined) {
    byType = new Map();
    lines.set(object, byType);
  }
  let line = byType.get(type);
  if (line === undefined) {
    line = Buffer.from(`{"type":"${type}","object":${objectJson(object)}}\n`);
    byType.set(type, line);
  }
  return line;
}

/** What a change is to one watcher: an object that comes into its selection is ADDED, one that leaves it DELETED. */
function lineFor(change: Change, selection: Selection): Buffer | undefined {
  const was = change.previous !== undefined && selection.matches(change.previous);
  const is = change.type !== 'DELETED' && selection.matches(change.object);
  if (is) return eventLine(was ? 'MODIFIED' : 'ADDED', change.object);
  if (!was) return undefined;
  if (change.type === 'DELETED' || change.previous === undefined) return eventLine('DELETED', change.object);
  // The watcher sees the object as it last knew it, under the version of the change.
  const { metadata } = change.previous;
  return eventLine('DELETED', {
    ...change.previous,
    metadata: { ...metadata, resourceVersion: String(change.version) },
  });
}

class Watcher {
  readonly #input: WatchInput;
  readonly #timers = new Set<Timer>();
  #unsubscribe: () => void = () => undefined;
  #lastBookmark = '';

  constructor(input: WatchInput) {
    this.#input = input;
  }

  begin(replay: readonly Change[], initial: readonly KubeObject[] | undefined): void {
    const { response, collection, query, currentVersion } = this.#input;
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.flushHeaders();
    response.on('close', this.#end);
    this.#input.openStreams.add(this.#end);
    for (const object of initial ?? []) response.write(eventLine('ADDED', object));
    if (
      initial !== undefined &&
      query.get('sendInitialEvents') === 'true' &&
      query.get('allowWatchBookmarks') === 'true'
    )
      this.#bookmark(currentVersion(), true);
    for (const change of replay) this.#send(change);
    this.#unsubscribe = collection.subscribe((change) => this.#send(change));
    const seconds = Number(query.get('timeoutSeconds') ?? '0') || DEFAULT_TIMEOUT_S;
    this.#after(seconds * 1000, () => {
      if (query.get('allowWatchBookmarks') === 'true') this.#bookmark(currentVersion(), false);
      this.#end();
      response.end();
    });
    if (query.get('allowWatchBookmarks') === 'true') this.#bookmarkLater();
  }

  #after(delayMs: number, run: () => void): void {
    const timer = this.#input.clock.setTimeout(() => {
      this.#timers.delete(timer);
      run();
    }, delayMs);
    this.#timers.add(timer);
  }

  #bookmarkLater(): void {
    this.#after(BOOKMARK_MS, () => {
      this.#bookmark(this.#input.currentVersion(), false);
      this.#bookmarkLater();
    });
  }

  #bookmark(version: number, initialEnd: boolean): void {
    const { kind, apiVersion, response } = this.#input;
    if (!initialEnd && this.#lastBookmark === String(version)) return;
    this.#lastBookmark = String(version);
    const annotations = initialEnd ? { annotations: { 'k8s.io/initial-events-end': 'true' } } : {};
    const metadata = { resourceVersion: String(version), creationTimestamp: null, ...annotations };
    response.write(`${JSON.stringify({ type: 'BOOKMARK', object: { kind, apiVersion, metadata } })}\n`);
  }

  #send(change: Change): void {
    const { response, selection } = this.#input;
    const line = lineFor(change, selection);
    if (line === undefined) return;
    if (response.writableLength > BACKLOG_BYTES) {
      this.#end();
      response.destroy();
      return;
    }
    response.write(line);
  }

  readonly #end = (): void => {
    this.#unsubscribe();
    this.#input.openStreams.delete(this.#end);
    for (const timer of this.#timers) timer.cancel();
    this.#timers.clear();
  };
}

function checkInitialEvents(query: URLSearchParams): void {
  const send = query.get('sendInitialEvents');
  if (send === null) return;
  if (query.get('resourceVersionMatch') !== 'NotOlderThan') {
    const message = 'Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan';
    throw invalid('ListOptions', 'meta.k8s.io', '', [
      { reason: 'FieldValueForbidden', message, field: 'resourceVersionMatch' },
    ]);
  }
}

function tooOld(version: number, floor: string): ReturnType<typeof expired> {
  return expired(`too old resource version: ${version} (${floor})`);
}

/** Begins a watch: from a version, or with all objects as ADDED when the version is absent or "0", or when sendInitialEvents asks for them. */
export function beginWatch(input: WatchInput): Answer {
  const { query, collection, selection, response, currentVersion } = input;
  checkInitialEvents(query);
  const text = query.get('resourceVersion') ?? '';
  if (!/^[0-9]*$/.test(text))
    throw rawFailure(`resourceVersion: Invalid value: "${text}": strconv.ParseUint: parsing "${text}": invalid syntax`);
  const withInitial =
    query.get('sendInitialEvents') === 'true' ||
    (query.get('sendInitialEvents') === null && (text === '' || text === '0'));
  const watcher = new Watcher(input);
  if (withInitial) {
    watcher.begin(
      [],
      collection.items().filter((object) => selection.matches(object)),
    );
    return { kind: 'streamed' };
  }
  const version = text === '' || text === '0' ? currentVersion() : Number(text);
  const replay = collection.changesAfter(version);
  if (replay !== undefined) {
    watcher.begin(replay, undefined);
    return { kind: 'streamed' };
  }
  const error = tooOld(version, String(collection.floor));
  if (input.expiredWatch === 'status') throw error;
  response.writeHead(200, { 'Content-Type': 'application/json' });
  response.end(`${JSON.stringify({ type: 'ERROR', object: error.toJson() })}\n`);
  return { kind: 'streamed' };
}
