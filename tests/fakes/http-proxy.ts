import { createServer as createHttpServer, request as sendRequest } from 'node:http';
import type { IncomingMessage, RequestListener, Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Certificate } from './certificates.ts';

/** A forward proxy: CONNECT for tunnels, absolute URLs for plain http. Listens on 127.0.0.1 only. */
export class HttpProxy {
  readonly #server: Server;
  readonly #sockets = new Set<Duplex>();
  /** "CONNECT host:port" or "GET http://…", in order. */
  readonly asked: string[] = [];
  readonly authorizations: (string | undefined)[] = [];
  /** Answer to CONNECT in place of a tunnel: "403 Forbidden". */
  refusal: string | undefined;

  private constructor(tls: Certificate | undefined) {
    const forward: RequestListener = (request, reply) => {
      this.#note(request);
      const target = sendRequest(request.url ?? '', { method: request.method, headers: request.headers }, (answer) => {
        reply.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(reply);
      });
      target.on('error', () => reply.destroy());
      request.pipe(target);
    };
    this.#server = tls ? createHttpsServer({ key: tls.key, cert: tls.cert }, forward) : createHttpServer(forward);
    this.#server.on('connect', (request, socket, head) => this.#tunnel(request, socket, head));
    this.#server.on('connection', (socket: Socket) => this.#own(socket));
  }

  static async start(tls?: Certificate): Promise<HttpProxy> {
    const proxy = new HttpProxy(tls);
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get openSockets(): number {
    return this.#sockets.size;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #note(request: IncomingMessage): void {
    this.asked.push(`${request.method} ${request.url}`);
    this.authorizations.push(request.headers['proxy-authorization']);
  }

  #tunnel(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#note(request);
    if (this.refusal !== undefined) {
      socket.end(`HTTP/1.1 ${this.refusal}\r\n\r\n`);
      return;
    }
    const [host = '', port = ''] = (request.url ?? '').split(':');
    const target = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      target.write(head);
      socket.pipe(target).pipe(socket);
    });
    this.#own(target);
    target.on('error', () => socket.destroy());
    socket.on('close', () => target.destroy());
  }

  #own(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => socket.destroy()).once('close', () => this.#sockets.delete(socket));
  }
}
