import { createServer as createHttpServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import { createSecureServer } from 'node:http2';
import type { Http2SecureServer, Http2ServerRequest, ServerHttp2Stream } from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';
import { createServer as createHttpsServer } from 'node:https';
import type { Certificate } from './certificates.ts';

export type ApiRequest = IncomingMessage | Http2ServerRequest;
/** What both protocols' responses have in common. */
export interface ApiReply {
  writeHead(status: number, headers?: Readonly<Record<string, string>>): unknown;
  /** Both have it; the types of HTTP/2 do not say so. */
  flushHeaders?(): void;
  /** False when the socket takes no more before 'drain'. */
  write(chunk: string | Uint8Array): boolean;
  end(chunk?: string | Uint8Array): unknown;
  on(event: 'drain' | 'close' | 'error', listener: () => void): unknown;
}
export type Script = (request: ApiRequest, reply: ApiReply) => void;

export interface ScriptedServerOptions {
  /** Absent: plain http. */
  readonly tls?: Certificate;
  /** PEM of the authority whose client certificates are accepted; a client without one is refused. */
  readonly clientCa?: string;
  readonly http2?: boolean;
}

/** An API server that does what a test says, over the real protocol. Listens on 127.0.0.1 only. */
export class ScriptedApiServer {
  readonly #server: Server | Http2SecureServer;
  readonly #sockets = new Set<Socket>();
  readonly requests: ApiRequest[] = [];
  script: Script;
  /** How many connections were ever accepted. */
  accepted = 0;

  private constructor(options: ScriptedServerOptions, script: Script) {
    this.script = script;
    const onRequest = (request: ApiRequest, reply: ApiReply) => {
      this.requests.push(request);
      request.on('error', ignore);
      reply.on('error', ignore);
      this.script(request, reply);
    };
    this.#server = options.tls ? secureServer(options.tls, options, onRequest) : createHttpServer(onRequest);
    this.#server.on('connection', (socket: Socket) => {
      this.accepted++;
      this.#sockets.add(socket);
      socket.on('error', ignore).once('close', () => this.#sockets.delete(socket));
    });
  }

  /** @param port of a server that was closed, to come back as it; a free one unless told */
  static async start(options: ScriptedServerOptions, script: Script, port = 0): Promise<ScriptedApiServer> {
    const server = new ScriptedApiServer(options, script);
    await new Promise<void>((resolve) => server.#server.listen(port, '127.0.0.1', resolve));
    return server;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get openSockets(): number {
    return this.#sockets.size;
  }

  /** Cuts every connection, as a machine that loses its network. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}

function secureServer(
  tls: Certificate,
  options: ScriptedServerOptions,
  onRequest: (request: ApiRequest, reply: ApiReply) => void,
): Http2SecureServer | Server {
  const identity = {
    key: tls.key,
    cert: tls.cert,
    ...(options.clientCa === undefined ? {} : { ca: options.clientCa, requestCert: true, rejectUnauthorized: true }),
  };
  if (options.http2 === false) return createHttpsServer(identity, onRequest).on('tlsClientError', ignore);
  return createSecureServer({ ...identity, allowHTTP1: true }, onRequest)
    .on('tlsClientError', ignore)
    .on('sessionError', ignore);
}

export function replyJson(
  reply: ApiReply,
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  reply.writeHead(status, { 'content-type': 'application/json', ...headers });
  reply.end(JSON.stringify(value));
}

/** Calls when the client has left a response before its end, on either protocol. */
export function whenLeft(reply: ApiReply, listener: () => void): void {
  // A stream of Node's HTTP/2 server that was reset while it waited for the window is 'aborted', but does not always 'close'.
  const stream = 'stream' in reply ? (reply.stream as Partial<ServerHttp2Stream> | undefined) : undefined;
  if (stream?.once) stream.once('aborted', listener).once('close', listener);
  else reply.on('close', listener);
}

/** A Status as kube-apiserver writes it. */
export function statusBody(code: number, reason: string, message: string, details?: unknown): unknown {
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, details, code };
}

function ignore(): void {
  // The test looks at the client's side.
}
