import { request as requestOf } from 'node:http';
import { constants, createSecureServer } from 'node:http2';
import type { Http2SecureServer, Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';
import { serverCertificate } from '../fakes/connection-fixture.ts';

/** Headers of one hop, which HTTP/2 forbids. */
const HOP = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'proxy-connection']);

/** HTTP/2 over TLS in front of a server that speaks plain HTTP/1.1, as a load balancer stands before one. */
export class H2Front implements AsyncDisposable {
  readonly #server: Http2SecureServer;
  readonly #sockets = new Set<Socket>();

  private constructor(target: number) {
    const { key, cert } = serverCertificate;
    this.#server = createSecureServer({ key, cert }, (request, response) => forward(target, request, response));
    this.#server.on('tlsClientError', ignore).on('sessionError', ignore);
    this.#server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.on('error', ignore).once('close', () => this.#sockets.delete(socket));
    });
  }

  static async start(targetPort: number): Promise<H2Front> {
    const front = new H2Front(targetPort);
    await new Promise<void>((resolve) => front.#server.listen(0, '127.0.0.1', resolve));
    return front;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}

function forward(port: number, request: Http2ServerRequest, response: Http2ServerResponse): void {
  const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => !name.startsWith(':')));
  const onward = requestOf(
    { port, host: '127.0.0.1', method: request.method, path: request.url, headers },
    (answer) => {
      const kept = Object.entries(answer.headers).filter(([name]) => !HOP.has(name));
      // It sends them at once, also of a stream that has nothing to say yet.
      response.writeHead(answer.statusCode ?? 502, Object.fromEntries(kept));
      answer.on('error', () => response.stream.close(constants.NGHTTP2_INTERNAL_ERROR)).pipe(response);
    },
  );
  onward.on('error', () => response.stream.close(constants.NGHTTP2_INTERNAL_ERROR));
  // A stream that the client resets is 'aborted', and does not always 'close'.
  response.stream
    .on('error', ignore)
    .once('aborted', () => onward.destroy())
    .once('close', () => onward.destroy());
  request.on('error', ignore).pipe(onward);
}

function ignore(): void {
  // The test looks at the client's side.
}
