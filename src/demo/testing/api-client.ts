import { type DemoCluster, type DemoOptions, startDemoCluster } from '../start-demo.ts';
import { ManualClock } from '../manual-clock.ts';
import { type Json, type JsonObject, isJsonArray, isJsonObject } from '../json.ts';

export interface Reply {
  readonly code: number;
  readonly headers: Headers;
  readonly body: JsonObject;
}

/** A member by its path (`spec.template.spec.containers.0.image`); undefined when there is none. */
export function at(value: Json | undefined, path: string): Json | undefined {
  let current = value;
  for (const step of path.split('.')) {
    if (isJsonArray(current)) current = current[Number(step)];
    else current = isJsonObject(current) ? current[step] : undefined;
  }
  return current;
}

export interface SendOptions {
  readonly type?: string;
  readonly token?: string;
}

/** A demo cluster on a clock that stands still, and a plain client of its API. */
export class TestCluster {
  readonly cluster: DemoCluster;
  readonly clock: ManualClock;

  private constructor(cluster: DemoCluster, clock: ManualClock) {
    this.cluster = cluster;
    this.clock = clock;
  }

  static async start(options: Omit<DemoOptions, 'clock'> = {}): Promise<TestCluster> {
    const clock = new ManualClock();
    return new TestCluster(await startDemoCluster({ nodes: 12, ...options, clock }), clock);
  }

  async raw(method: string, path: string, body?: Json, options: SendOptions = {}): Promise<Response> {
    return fetch(this.cluster.url + path, {
      method,
      headers: {
        Authorization: `Bearer ${options.token ?? this.cluster.token}`,
        ...(body === undefined ? {} : { 'Content-Type': options.type ?? 'application/json' }),
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  }

  async send(method: string, path: string, body?: Json, options: SendOptions = {}): Promise<Reply> {
    const response = await this.raw(method, path, body, options);
    const parsed: unknown = await response.json();
    if (!isJsonObject(parsed)) throw new Error(`${method} ${path} answered no object`);
    return { code: response.status, headers: response.headers, body: parsed };
  }

  async get(path: string): Promise<JsonObject> {
    const reply = await this.send('GET', path);
    if (reply.code !== 200) throw new Error(`GET ${path}: ${reply.code} ${String(reply.body['message'])}`);
    return reply.body;
  }

  async items(path: string): Promise<readonly JsonObject[]> {
    const { items } = await this.get(path);
    return isJsonArray(items) ? items.filter(isJsonObject) : [];
  }

  async text(path: string): Promise<string> {
    return (await this.raw('GET', path)).text();
  }

  watch(path: string): Promise<WatchReader> {
    return WatchReader.open(this, path);
  }

  async close(): Promise<void> {
    await this.cluster.close();
  }
}

export interface WatchEvent {
  readonly type: string;
  readonly object: JsonObject;
}

/** Reads a watch line by line. */
export class WatchReader {
  readonly #abort = new AbortController();
  #lines: AsyncIterator<string> | undefined;

  static async open(cluster: TestCluster, path: string): Promise<WatchReader> {
    const reader = new WatchReader();
    const response = await fetch(cluster.cluster.url + path, {
      headers: { Authorization: `Bearer ${cluster.cluster.token}` },
      signal: reader.#abort.signal,
    });
    if (response.status !== 200 || response.body === null) throw new Error(`the watch was answered ${response.status}`);
    reader.#lines = linesOf(response.body);
    return reader;
  }

  /** The next event, or undefined when the server has ended the watch. */
  async next(): Promise<WatchEvent | undefined> {
    const result = await this.#lines?.next();
    if (result === undefined || result.done === true) return undefined;
    return JSON.parse(result.value) as WatchEvent;
  }

  async take(count: number): Promise<readonly WatchEvent[]> {
    const events: WatchEvent[] = [];
    while (events.length < count) {
      const event = await this.next();
      if (event === undefined) break;
      events.push(event);
    }
    return events;
  }

  close(): void {
    this.#abort.abort();
  }
}

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  let rest = '';
  const decoder = new TextDecoder();
  for await (const chunk of body) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = parts.pop() ?? '';
    yield* parts;
  }
}

/** A small DaemonSet to create; `changes` goes over its pod spec. */
export function aManifest(
  name: string,
  podSpec: JsonObject = {},
  spec: JsonObject = {},
  template: JsonObject = {},
): JsonObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name },
    spec: {
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name }, ...template },
        spec: { containers: [{ name: 'main', image: 'registry.example.com/tool:1.0' }], ...podSpec },
      },
      ...spec,
    },
  };
}
