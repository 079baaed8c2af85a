import { aDaemonSetList, aDaemonSetObject } from '../fakes/objects.ts';
import {
  type ApiReply,
  type ApiRequest,
  replyJson,
  ScriptedApiServer,
  statusBody,
  whenLeft,
} from '../fakes/scripted-api-server.ts';

/** One request as it came, by the clock. */
export interface Arrival {
  readonly at: number;
  /** The context that asked, by its token. */
  readonly context: string;
  readonly path: string;
  readonly isWatch: boolean;
}

interface Held {
  readonly context: string;
  readonly answer: () => void;
}

/**
 * An API server of DaemonSets that many contexts read, one token each. It counts the unary requests in flight of each context, can hold
 * their answers back, and can end and come back on its port with its history compacted.
 */
export class CrowdApi {
  readonly arrivals: Arrival[] = [];
  /** The most unary requests in flight at once, by context. */
  readonly peaks = new Map<string, number>();
  readonly #now: () => number;
  readonly #inFlight = new Map<string, number>();
  readonly #held: Held[] = [];
  #names: readonly string[] = ['agent'];
  #version = 10;
  #compactedTo = 0;
  #holds = false;
  #server: ScriptedApiServer | undefined;
  #port = 0;

  private constructor(now: () => number) {
    this.#now = now;
  }

  static async start(now: () => number): Promise<CrowdApi> {
    const api = new CrowdApi(now);
    await api.comeBack();
    return api;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Names in each namespace. */
  get names(): readonly string[] {
    return this.#names;
  }

  get openSockets(): number {
    return this.#server?.openSockets ?? 0;
  }

  inFlight(context: string): number {
    return this.#inFlight.get(context) ?? 0;
  }

  /** Every connection breaks and the port refuses, as of a process that was killed. */
  async end(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    await server?.close();
    this.#held.splice(0);
    this.#inFlight.clear();
  }

  /** The port answers again. */
  async comeBack(): Promise<void> {
    this.#server = await ScriptedApiServer.start({}, (request, reply) => this.#answer(request, reply), this.#port);
    this.#port = this.#server.port;
  }

  /** Other DaemonSets than before, and no watch can go on from what it knew. */
  replace(names: readonly string[]): void {
    this.#names = names;
    this.#version += 10;
    this.#compactedTo = this.#version;
  }

  /** From now on unary requests wait for `release`. */
  hold(): void {
    this.#holds = true;
  }

  /** Answers the oldest held request of a context. */
  release(context: string): void {
    const at = this.#held.findIndex((held) => held.context === context);
    const [held] = at === -1 ? [] : this.#held.splice(at, 1);
    held?.answer();
  }

  /** Answers whatever is held, and holds no more. */
  releaseAll(): void {
    this.#holds = false;
    for (const { answer } of this.#held.splice(0)) answer();
  }

  #answer(request: ApiRequest, reply: ApiReply): void {
    const url = new URL(request.url ?? '/', 'http://api');
    const context = String(request.headers['authorization']).replace('Bearer ', '');
    const isWatch = url.searchParams.get('watch') === 'true';
    this.arrivals.push({ at: this.#now(), context, path: url.pathname, isWatch });
    if (isWatch) {
      this.#watch(Number(url.searchParams.get('resourceVersion')), reply);
      return;
    }
    const inFlight = this.inFlight(context) + 1;
    this.#inFlight.set(context, inFlight);
    this.peaks.set(context, Math.max(inFlight, this.peaks.get(context) ?? 0));
    const answer = (): void => {
      this.#inFlight.set(context, this.inFlight(context) - 1);
      replyJson(reply, request.method === 'POST' ? 201 : 200, this.#body(url.pathname, context));
    };
    if (this.#holds) this.#held.push({ context, answer });
    else answer();
  }

  #watch(from: number, reply: ApiReply): void {
    reply.writeHead(200, { 'content-type': 'application/json' });
    if (from >= this.#compactedTo) {
      // Node sends the head with the first bytes; an empty line is none.
      reply.write('\n');
      whenLeft(reply, () => reply.end());
      return;
    }
    reply.end(`${JSON.stringify({ type: 'ERROR', object: statusBody(410, 'Expired', 'too old resource version') })}\n`);
  }

  #body(path: string, context: string): unknown {
    if (path === '/version') return { gitVersion: 'v1.37.2' };
    if (path.endsWith('/selfsubjectreviews')) return { status: { userInfo: { username: context } } };
    const namespace = path.split('/')[5] ?? '';
    const objects = this.#names.map((name) =>
      aDaemonSetObject(name, { namespace, uid: `uid-${namespace}-${name}`, resourceVersion: String(this.#version) }),
    );
    if (path.endsWith('/daemonsets')) return aDaemonSetList(objects, { resourceVersion: String(this.#version) });
    if (path.endsWith('/pods'))
      return { kind: 'PodList', metadata: { resourceVersion: String(this.#version) }, items: [] };
    const name = path.split('/').at(-1);
    return objects.find(({ metadata }) => metadata.name === name);
  }
}
