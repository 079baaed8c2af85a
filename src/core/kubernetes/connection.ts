import type { Clock } from '../../shared/clock.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { Attention } from '../attention.ts';
import type { ApiConnection, ApiResponse, ApiStream, GetRequest, StreamRequest } from './api-connection.ts';
import { registerSender } from './connection-senders.ts';
import { ConnectFailure } from './connect-failure.ts';
import type { UserFacts } from './credentials.ts';
import { routeOf } from './dial.ts';
import type { ExecPlugins, ExecSession } from './exec-plugins.ts';
import { nodeFiles } from './file-reader.ts';
import type { FileReader } from './file-reader.ts';
import { PoolKeeper } from './pool-keeper.ts';
import type { PluginCertificate } from './pool-keeper.ts';
import { proxyAuthorization } from './proxy-connect.ts';
import { bareHost, isLoopback } from './proxy-environment.ts';
import type { Environment } from './proxy-environment.ts';
import { RequestCredentials } from './request-credentials.ts';
import type { RequestHeaders } from './request-credentials.ts';
import { RequestSender } from './request-sender.ts';
import type { ResolvedContext } from './resolved-context.ts';
import { openStream } from './response-stream.ts';
import { UnaryQueue } from './unary-queue.ts';

export interface ConnectionDeps {
  readonly clock: Clock;
  /** For HTTPS_PROXY, HTTP_PROXY and NO_PROXY. */
  readonly env: Environment;
  readonly files?: FileReader;
  /** Without it a user who needs an exec plugin is refused. */
  readonly plugins?: ExecPlugins;
  /** Default 10,000: to an open socket, with TLS. */
  readonly connectTimeoutMs?: number;
  /** Default true: offered first where the server has TLS. */
  readonly http2?: boolean;
}

export const DEFAULT_TIMEOUT_MS = 10_000;
const STREAM_ACCEPT = 'application/json, */*';

/**
 * A connection to one context's API server. Nothing is contacted before the first request. Throws AppError KubeconfigInvalid for a
 * server or proxy URL that is none. When the kubeconfig changes, dispose of it and make another; changed certificate and token files
 * it follows by itself.
 */
export function createConnection(context: ResolvedContext, deps: ConnectionDeps): ApiConnection {
  try {
    return new Connection(context, deps);
  } catch (error) {
    if (!(error instanceof ConnectFailure)) throw error;
    const { reason, message, retry } = error;
    throw new AppError({ reason, message, contextName: context.contextName, retry }, { cause: error });
  }
}

class Connection implements ApiConnection {
  readonly contextName: string;
  readonly attention = new Attention();
  readonly #sender: RequestSender;
  readonly #keeper: PoolKeeper;
  readonly #queue: UnaryQueue;
  readonly #plugin: ExecSession | undefined;
  readonly #disposed = new AbortController();

  constructor(context: ResolvedContext, deps: ConnectionDeps) {
    const server = parseServer(context);
    const route = routeOf(context.cluster, server, deps.env);
    const files = deps.files ?? nodeFiles;
    const user = context.credentials.reveal();
    const plugin = deps.plugins?.open(context);
    this.#plugin = plugin;
    this.contextName = context.contextName;
    this.#queue = new UnaryQueue(context.contextName, deps.clock);
    this.#keeper = new PoolKeeper({
      target: {
        server,
        cluster: context.cluster,
        route,
        alpnProtocols: deps.http2 === false || repeatsHeaders(user) ? ['http/1.1'] : ['h2', 'http/1.1'],
        now: () => deps.clock.now(),
      },
      user,
      files,
      clock: deps.clock,
      connectTimeoutMs: deps.connectTimeoutMs ?? DEFAULT_TIMEOUT_MS,
      attention: this.attention,
      probe: (dispatcher, signal) => this.#sender.probe(dispatcher, signal),
      ...(plugin ? { pluginCertificate: () => certificateOf(plugin) } : {}),
    });
    const forwarded = route.kind === 'http' && server.protocol === 'http:';
    this.#sender = new RequestSender({
      contextName: context.contextName,
      server,
      clock: deps.clock,
      queue: this.#queue,
      credentials: new RequestCredentials(user, files, deps.clock, plugin),
      // On the own machine packing costs more than the bytes it saves.
      acceptsGzip: !isLoopback(bareHost(server.hostname)) && server.hostname !== 'localhost',
      forwardHeaders: forwarded ? forwardHeaders(route.proxy) : undefined,
      pools: () => this.#keeper.current(),
      suspect: (pools) => this.#keeper.suspect(pools),
      disposed: this.#disposed.signal,
    });
    registerSender(this, this.#sender);
  }

  get httpVersion(): '1.1' | '2' | undefined {
    return this.#keeper.httpVersion;
  }

  get waitingFor(): string | undefined {
    return this.#plugin?.waitingFor;
  }

  get(request: GetRequest): Promise<ApiResponse> {
    return this.#sender.unary(
      {
        method: 'GET',
        path: request.path,
        ...(request.query ? { query: request.query } : {}),
        headers: { accept: request.accept ?? 'application/json' },
        signal: request.signal,
        timeoutMs: request.timeoutMs ?? DEFAULT_TIMEOUT_MS,
      },
      request.priority ?? 'background',
    );
  }

  async stream(request: StreamRequest): Promise<ApiStream> {
    return openStream(this.#sender, {
      kind: request.purpose === 'log' ? 'bulk' : 'api',
      silenceLimitMs: request.silenceLimitMs,
      request: {
        method: 'GET',
        path: request.path,
        ...(request.query ? { query: request.query } : {}),
        headers: { accept: request.accept ?? STREAM_ACCEPT },
        signal: request.signal,
        timeoutMs: request.timeoutMs ?? DEFAULT_TIMEOUT_MS,
      },
    });
  }

  async dispose(): Promise<void> {
    this.#disposed.abort();
    this.#plugin?.release();
    this.#queue.dispose();
    await this.#keeper.dispose();
  }
}

function certificateOf({ current }: ExecSession): PluginCertificate | undefined {
  const { clientCertificateData, clientKeyData } = current ?? {};
  if (clientCertificateData === undefined || clientKeyData === undefined) return undefined;
  return { clientCertificateData, clientKeyData };
}

/** undici joins repeated headers to one on HTTP/2 (8.12): two groups would become one with a comma in its name. */
function repeatsHeaders(user: UserFacts): boolean {
  const lists = [user.asGroups ?? [], ...Object.values(user.asUserExtra ?? {})];
  return lists.some((list) => list.length > 1);
}

/** A server without a scheme is https when anything of TLS is set: client-go rest/url_utils.go (1.37), defaultServerUrlFor. */
function parseServer(context: ResolvedContext): URL {
  const { server: text, cluster, credentials } = context;
  const user = credentials.reveal();
  const hasTls =
    cluster.insecureSkipTlsVerify ||
    (cluster.certificateAuthority ??
      cluster.certificateAuthorityData ??
      user.clientCertificate ??
      user.clientCertificateData) !== undefined;
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `${hasTls ? 'https' : 'http'}://${text}`);
  if (!url || url.hostname === '' || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new ConnectFailure('The server of the cluster in the kubeconfig is not an http or https URL.', {
      reason: 'KubeconfigInvalid',
      retry: false,
    });
  }
  return url;
}

function forwardHeaders(proxy: URL): RequestHeaders {
  const authorization = proxyAuthorization(proxy);
  return authorization === undefined ? {} : { 'proxy-authorization': authorization };
}
