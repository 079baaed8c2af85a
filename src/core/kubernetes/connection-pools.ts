import type { Socket } from 'node:net';
import { Pool } from 'undici';
import type { buildConnector, Client, Dispatcher } from 'undici';
import type { Clock } from '../../shared/clock.ts';
import type { Attention } from '../attention.ts';
import { ConnectFailure } from './connect-failure.ts';
import { Deadline } from './deadline.ts';
import { dial } from './dial.ts';
import type { DialTarget } from './dial.ts';
import { HeardClient } from './heard-client.ts';
import { hearHttp2StreamErrors } from './http2-stream-errors.ts';
import { errorCode } from './socket-failure.ts';
import { describeRefusedClientCertificate, isRefusedClientCertificate } from './tls-failure.ts';

/** `api` carries unary requests and watches, `bulk` logs and downloads. */
export type PoolKind = 'api' | 'bulk';

export interface PoolsOptions {
  readonly target: DialTarget;
  readonly clock: Clock;
  readonly connectTimeoutMs: number;
  readonly onProtocol: (httpVersion: '1.1' | '2') => void;
  readonly attention: Attention;
  /** Sends a small request by this very dispatcher; resolves when anything at all was answered. */
  readonly probe: (dispatcher: Dispatcher, signal: AbortSignal) => Promise<void>;
}

/** kube-apiserver allows 100 streams a connection (--http2-max-streams-per-connection); beyond this a second one is opened. */
const LIMIT_STREAMS = 90;

/** The sockets of one context for one set of certificates. */
export class ConnectionPools {
  readonly #options: PoolsOptions;
  readonly #pools: Readonly<Record<PoolKind, Pool>>;
  readonly #sockets = new Set<Socket>();
  readonly #end = new AbortController();

  constructor(options: PoolsOptions) {
    hearHttp2StreamErrors();
    this.#options = options;
    this.#pools = { api: this.#pool(), bulk: this.#pool() };
  }

  pool(kind: PoolKind): Pool {
    return this.#pools[kind];
  }

  get openSockets(): number {
    return this.#sockets.size;
  }

  /** Takes no more requests; what runs may end. */
  retire(): Promise<unknown> {
    return Promise.all([this.#pools.api.close(), this.#pools.bulk.close()]);
  }

  async dispose(): Promise<void> {
    this.#end.abort(new ConnectFailure('The connection was closed.', { reason: 'Cancelled' }));
    await Promise.all([this.#pools.api.destroy(), this.#pools.bulk.destroy()]);
    const closing = [...this.#sockets].map(
      (socket) => new Promise<void>((resolve) => socket.once('close', () => resolve()).destroy()),
    );
    await Promise.all(closing);
  }

  #pool(): Pool {
    const { server } = this.#options.target;
    return new Pool(server.origin, {
      factory: (origin, options) => this.#client(origin, options),
      // The deadline of each request is ours; silence on a stream is its reader's to judge.
      headersTimeout: 0,
      bodyTimeout: 0,
      // Below the 90 s after which kube-apiserver closes an idle connection.
      keepAliveTimeout: 30_000,
      keepAliveMaxTimeout: 60_000,
      allowH2: this.#options.target.alpnProtocols.includes('h2'),
      h2Options: { maxConcurrentStreams: LIMIT_STREAMS, pingInterval: 30_000 },
    });
  }

  /**
   * After a GOAWAY undici (8.12) opens the next connection of a client only when fewer requests run on the old one than `pipelining`
   * says, which is 1: a running watch would hold up whatever comes. On HTTP/2 the number of streams is the right one.
   */
  #client(origin: URL, options: object): Client {
    const { clock, attention, probe, target, onProtocol } = this.#options;
    const connect: buildConnector.connector = (_options, callback) => {
      this.#connect((error, socket) => {
        if (error) return callback(error, null);
        const isHttp2 = alpnOf(socket) === 'h2';
        client.pipelining = isHttp2 ? LIMIT_STREAMS : 1;
        client.attach(isHttp2 ? socket : undefined);
        onProtocol(isHttp2 ? '2' : '1.1');
        callback(null, socket);
      });
    };
    const parts = { clock, attention, probe, host: target.server.host, end: this.#end.signal };
    const client = new HeardClient(origin, { ...options, connect }, parts);
    return client;
  }

  #connect(callback: buildConnector.Callback): void {
    const { clock, connectTimeoutMs, target } = this.#options;
    const deadline = new Deadline(clock, connectTimeoutMs, new AbortController().signal, this.#end.signal);
    const own = (socket: Socket) => {
      this.#sockets.add(socket);
      // Between the handshake and undici's own listeners an alert of the server would end the process.
      socket.on('error', ignoreError).once('close', () => this.#sockets.delete(socket));
    };
    dial(target, { signal: deadline.signal, own }).then(
      (socket) => {
        deadline.release();
        if (socket.destroyed) {
          callback(this.#lostAtOnce(socket), null);
          return;
        }
        callback(null, socket);
      },
      (error: unknown) => {
        deadline.release();
        callback(this.#failure(error, deadline), null);
      },
    );
  }

  #lostAtOnce(socket: Socket): ConnectFailure {
    const { host } = this.#options.target.server;
    const code = errorCode(socket.errored) ?? '';
    const message = isRefusedClientCertificate(code)
      ? describeRefusedClientCertificate(code, 'The API server', host)
      : `The API server ${host} closed the connection at once${code === '' ? '' : ` (${code})`}.`;
    return new ConnectFailure(message, { cause: socket.errored });
  }

  #failure(error: unknown, deadline: Deadline): ConnectFailure {
    if (error instanceof ConnectFailure) return error;
    const { connectTimeoutMs, target } = this.#options;
    if (deadline.end === 'timeout') {
      return new ConnectFailure(
        `The API server ${target.server.host} could not be connected to within ${connectTimeoutMs / 1000} s.`,
      );
    }
    if (deadline.end !== undefined) return new ConnectFailure('The connection was closed.', { reason: 'Cancelled' });
    return new ConnectFailure(`The API server ${target.server.host} cannot be connected to.`, {
      reason: 'Bug',
      cause: error,
    });
  }
}

function alpnOf(socket: Socket): string | false | null {
  return 'alpnProtocol' in socket ? (socket.alpnProtocol as string | false | null) : false;
}

function ignoreError(): void {
  // Whoever uses the socket has a listener of its own.
}
