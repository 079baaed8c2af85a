import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
}

/** A whole answer. An object body is sent as JSON. */
export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** The connection is cut after the body, before its end was said. */
  readonly cut?: boolean;
}

/** An answer that stays open: a watch or a followed log, written by the test. */
export class OpenReply {
  readonly request: SeenRequest;
  readonly #response: ServerResponse;
  readonly closed: Promise<void>;
  #isClosed = false;

  constructor(request: SeenRequest, response: ServerResponse) {
    this.request = request;
    this.#response = response;
    this.closed = new Promise((resolve) => {
      response.on('close', () => {
        this.#isClosed = true;
        resolve();
      });
    });
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** One watch event as the API server frames it. */
  send(type: string, object: unknown): void {
    this.write(`${JSON.stringify({ type, object })}\n`);
  }

  /** False when the reader is behind and the socket's buffer is full. */
  write(bytes: string | Uint8Array): boolean {
    return this.#response.write(bytes);
  }

  get writableLength(): number {
    return this.#response.writableLength;
  }

  /** Resolves when the buffered bytes went out. */
  drained(): Promise<void> {
    return new Promise((resolve) => this.#response.once('drain', resolve));
  }

  end(): void {
    this.#response.end();
  }

  /** The connection is cut, with no end of the body. */
  cut(): void {
    this.#response.socket?.destroy();
  }
}

/** What the script answers: a reply, or that the request stays open, or that nothing is ever said. */
export type Scripted = Reply | 'open' | 'silent' | 'cut';

/** A Kubernetes API as scripted by a test, over real HTTP on the loopback address. */
export class FakeApiServer {
  readonly seen: SeenRequest[] = [];
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #opened: OpenReply[] = [];
  readonly #waiting: ((reply: OpenReply) => void)[] = [];
  readonly #script: (request: SeenRequest) => Scripted;

  private constructor(script: (request: SeenRequest) => Scripted) {
    this.#script = script;
    this.#server = createServer((request, response) => this.#answer(request, response));
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
  }

  static async start(script: (request: SeenRequest) => Scripted): Promise<FakeApiServer> {
    const fake = new FakeApiServer(script);
    await new Promise<void>((resolve) => fake.#server.listen(0, '127.0.0.1', resolve));
    return fake;
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  get openSockets(): number {
    return this.#sockets.size;
  }

  requests(path: string): readonly SeenRequest[] {
    return this.seen.filter((request) => request.path === path);
  }

  /** The next request that was answered with 'open', also one that came before the call. */
  nextOpen(): Promise<OpenReply> {
    const ready = this.#opened.shift();
    if (ready !== undefined) return Promise.resolve(ready);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #answer(incoming: IncomingMessage, response: ServerResponse): void {
    const url = new URL(incoming.url ?? '/', 'http://fake');
    const request: SeenRequest = {
      method: incoming.method ?? '',
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
    };
    this.seen.push(request);
    const scripted = this.#script(request);
    if (scripted === 'silent') return;
    if (scripted === 'cut') {
      response.socket?.destroy();
      return;
    }
    if (scripted === 'open') {
      this.#open(request, response);
      return;
    }
    const { status = 200, headers = {}, body, cut = false } = scripted;
    const raw = typeof body === 'string' || body instanceof Uint8Array;
    response.writeHead(status, { 'content-type': raw ? 'text/plain' : 'application/json', ...headers });
    const bytes = raw || body === undefined ? body : JSON.stringify(body);
    if (!cut) response.end(bytes);
    else {
      response.flushHeaders();
      if (bytes === undefined || bytes.length === 0) setImmediate(() => response.socket?.destroy());
      else response.write(bytes, () => response.socket?.destroy());
    }
  }

  #open(request: SeenRequest, response: ServerResponse): void {
    response.writeHead(200, { 'content-type': request.path.endsWith('/log') ? 'text/plain' : 'application/json' });
    response.flushHeaders();
    const reply = new OpenReply(request, response);
    const waiting = this.#waiting.shift();
    if (waiting === undefined) this.#opened.push(reply);
    else waiting(reply);
  }
}

/** A metav1.Status as the API server words it. */
export function aStatus(code: number, reason: string, message: string, details?: object): Reply {
  const body = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, code, details };
  return { status: code, body };
}
