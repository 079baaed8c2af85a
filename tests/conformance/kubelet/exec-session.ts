import { WebSocket } from 'ws';
import type { Endpoint } from '../api-under-test.ts';

export interface ExecRequest {
  /** Path of the pod. */
  readonly path: string;
  readonly command: readonly string[];
  readonly container?: string;
  readonly tty?: boolean;
  readonly stdin?: boolean;
  /** `v5.channel.k8s.io` unless told. */
  readonly protocol?: string;
}

/** What a server said instead of switching protocols. */
export interface ExecRefusal {
  readonly code: number;
  readonly body: string;
}

export interface ExecEnd {
  readonly stdout: string;
  readonly stderr: string;
  /** The Status that came on channel 3, parsed; undefined when none came. */
  readonly status: unknown;
  readonly protocol: string;
}

const CHANNEL = { stdin: 0, stdout: 1, stderr: 2, error: 3, resize: 4, close: 255 } as const;
const LIMIT_MS = 30_000;

/** A command in a container, over a WebSocket (k8s.io/apimachinery pkg/util/remotecommand/constants.go, 1.37). */
export class ExecSession implements Disposable {
  readonly #socket: WebSocket;
  readonly #received = new Map<number, Buffer[]>();
  readonly #ended: Promise<void>;
  #changed: () => void = () => undefined;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    this.#ended = new Promise((resolve) => {
      socket.once('close', () => resolve());
    });
    socket.on('message', (data: Buffer) => {
      const channel = data[0] ?? -1;
      this.#received.set(channel, [...(this.#received.get(channel) ?? []), data.subarray(1)]);
      this.#changed();
    });
    socket.on('error', () => {
      // It is followed by 'close', and what is missing then shows in the answer.
    });
  }

  /** Opens a session, or gives the refusal. */
  static async open(endpoint: Endpoint, request: ExecRequest): Promise<ExecSession | ExecRefusal> {
    const query = new URLSearchParams(request.command.map((word) => ['command', word]));
    if (request.container !== undefined) query.set('container', request.container);
    for (const name of ['stdin', 'tty'] as const) if (request[name] === true) query.set(name, 'true');
    query.set('stdout', 'true');
    // A terminal has no standard error of its own, and the server refuses both.
    if (request.tty !== true) query.set('stderr', 'true');
    const url = `${endpoint.url.replace(/^http/u, 'ws')}${request.path}/exec?${query.toString()}`;
    const socket = new WebSocket(url, request.protocol ?? 'v5.channel.k8s.io', {
      headers: { authorization: `Bearer ${endpoint.token}` },
      ...(endpoint.ca === undefined ? {} : { ca: endpoint.ca }),
    });
    const session = new ExecSession(socket);
    return new Promise((resolve, reject) => {
      socket.once('open', () => resolve(session));
      socket.once('unexpected-response', (outgoing, answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => {
          outgoing.destroy();
          resolve({ code: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') });
        });
      });
      socket.once('error', reject);
    });
  }

  stdin(text: string): void {
    this.#send(CHANNEL.stdin, Buffer.from(text));
  }

  /** Ends standard input alone, which v5 has a frame for. */
  closeStdin(): void {
    this.#send(CHANNEL.close, Buffer.from([CHANNEL.stdin]));
  }

  resize(columns: number, rows: number): void {
    this.#send(CHANNEL.resize, Buffer.from(JSON.stringify({ Width: columns, Height: rows })));
  }

  /** Waits until standard output has this text. */
  async untilStdout(text: string): Promise<void> {
    const deadline = AbortSignal.timeout(LIMIT_MS);
    while (!this.#text(CHANNEL.stdout).includes(text)) {
      await new Promise<void>((resolve, reject) => {
        deadline.addEventListener('abort', () => reject(new Error(`no ${JSON.stringify(text)} came`)), { once: true });
        this.#changed = resolve;
      });
    }
  }

  /** All that came, once the server has closed. */
  async end(): Promise<ExecEnd> {
    await this.#ended;
    const error = this.#text(CHANNEL.error);
    return {
      stdout: this.#text(CHANNEL.stdout),
      stderr: this.#text(CHANNEL.stderr),
      status: error === '' ? undefined : (JSON.parse(error) as unknown),
      protocol: this.#socket.protocol,
    };
  }

  #send(channel: number, bytes: Uint8Array): void {
    this.#socket.send(Buffer.concat([Buffer.from([channel]), bytes]));
  }

  #text(channel: number): string {
    return Buffer.concat(this.#received.get(channel) ?? []).toString('utf8');
  }

  [Symbol.dispose](): void {
    this.#socket.terminate();
  }
}
