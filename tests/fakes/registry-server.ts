import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Certificate } from './certificates.ts';

export interface RegistryServerOptions {
  /** Absent: plain http. */
  readonly tls?: Certificate;
  /** Repositories with their tags. */
  readonly repositories?: Readonly<Record<string, readonly string[]>>;
  /** "name:password" of whoever is let in; absent: everybody. */
  readonly login?: string;
  /** How a login is asked for; Bearer unless told. */
  readonly auth?: 'Basic' | 'Bearer';
  /** Where tokens are given; the server itself unless told. */
  readonly realm?: string;
  /** Items of a page; the Link header names the next one. 100 unless told. */
  readonly pageSize?: number;
  /** Does something else than answering; false: goes on. */
  readonly instead?: (request: IncomingMessage, reply: ServerResponse) => boolean;
}

export interface SeenByRegistry {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** The Authorization header as it was sent. */
  readonly authorization: string | undefined;
}

const TOKEN = 'token-of-the-registry';

/**
 * A registry of the distribution API v2 over real HTTP(S) on 127.0.0.1: catalog and tags paged by Link, Basic or token authentication
 * (its own realm gives tokens to whoever knows the login, or to all where there is none). It also gives tokens for other registries.
 */
export class RegistryServer {
  readonly seen: SeenByRegistry[] = [];
  /** Requests that their caller has left unanswered. */
  left = 0;
  readonly #options: RegistryServerOptions;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(options: RegistryServerOptions) {
    this.#options = options;
    const answer = (request: IncomingMessage, reply: ServerResponse) => this.#answer(request, reply);
    this.#server = options.tls ? createHttpsServer(options.tls, answer) : createHttpServer(answer);
    this.#server.on(options.tls ? 'secureConnection' : 'connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.on('error', ignore).once('close', () => this.#sockets.delete(socket));
    });
    this.#server.on('tlsClientError', ignore);
  }

  static async start(options: RegistryServerOptions = {}): Promise<RegistryServer> {
    const server = new RegistryServer(options);
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  /** "127.0.0.1:5000": as it stands in an image. */
  get host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get origin(): string {
    return `${this.#options.tls ? 'https' : 'http'}://${this.host}`;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #answer(request: IncomingMessage, reply: ServerResponse): void {
    const url = new URL(request.url ?? '/', this.origin);
    const query = Object.fromEntries(url.searchParams);
    this.seen.push({ path: url.pathname, query, authorization: request.headers.authorization });
    reply.on('close', () => {
      if (!reply.writableEnded) this.left += 1;
    });
    if (this.#options.instead?.(request, reply) === true) return;
    if (url.pathname === '/token') return this.#giveToken(request, reply);
    if (!this.#isLetIn(request)) return this.#challenge(url, reply);
    const { repositories = {} } = this.#options;
    if (url.pathname === '/v2/_catalog') return this.#page(url, reply, 'repositories', Object.keys(repositories));
    const [, name] = /^\/v2\/(.+)\/tags\/list$/.exec(url.pathname) ?? [];
    const tags = name === undefined ? undefined : repositories[name];
    if (tags) return this.#page(url, reply, 'tags', tags);
    sendJson(reply, 404, { errors: [{ code: 'NAME_UNKNOWN', message: 'repository name not known to registry' }] });
  }

  #isLetIn({ headers }: IncomingMessage): boolean {
    const { login, auth = 'Bearer' } = this.#options;
    if (auth === 'Bearer')
      return (login === undefined && !this.#options.realm) || headers.authorization === `Bearer ${TOKEN}`;
    return login === undefined || headers.authorization === `Basic ${btoa(login)}`;
  }

  #giveToken({ headers }: IncomingMessage, reply: ServerResponse): void {
    const { login } = this.#options;
    const isKnown = login === undefined || headers.authorization === `Basic ${btoa(login)}`;
    if (isKnown) sendJson(reply, 200, { token: TOKEN, expires_in: 300 });
    else sendJson(reply, 401, { errors: [{ code: 'UNAUTHORIZED' }] });
  }

  #challenge(url: URL, reply: ServerResponse): void {
    const { auth = 'Bearer', realm = `${this.origin}/token` } = this.#options;
    const [, name] = /^\/v2\/(.+)\/tags\/list$/.exec(url.pathname) ?? [];
    const scope = name === undefined ? 'registry:catalog:*' : `repository:${name}:pull`;
    const asks =
      auth === 'Basic' ? 'Basic realm="registry"' : `Bearer realm="${realm}",service="registry",scope="${scope}"`;
    sendJson(reply, 401, { errors: [{ code: 'UNAUTHORIZED' }] }, { 'www-authenticate': asks });
  }

  #page(url: URL, reply: ServerResponse, key: string, all: readonly string[]): void {
    const { pageSize = 100 } = this.#options;
    const last = url.searchParams.get('last');
    const from = last === null ? 0 : all.indexOf(last) + 1;
    const items = all.slice(from, from + pageSize);
    const next = `${url.pathname}?n=${pageSize}&last=${encodeURIComponent(items.at(-1) ?? '')}`;
    const link: Readonly<Record<string, string>> =
      from + pageSize < all.length ? { link: `<${next}>; rel="next"` } : {};
    sendJson(reply, 200, { name: key, [key]: items }, link);
  }
}

export function sendJson(
  reply: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  reply.writeHead(status, { 'content-type': 'application/json', ...headers });
  reply.end(JSON.stringify(body));
}

function ignore(): void {
  // The test looks at the client's side.
}
