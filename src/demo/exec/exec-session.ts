import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Container, Pod } from '../objects.ts';
import { SeededRandom, hash32 } from '../random.ts';
import { type ExecProtocol, exitStatus, noProgramStatus } from './exec-status.ts';
import { type Program, startProgram } from './program.ts';
import { ServerSocket } from './server-socket.ts';

/** Channels of v4 and v5 (k8s.io/apimachinery pkg/util/remotecommand/constants.go, 1.37). */
const CHANNEL = { stdin: 0, stdout: 1, stderr: 2, error: 3, resize: 4, close: 255 } as const;

export interface ExecOptions {
  readonly command: readonly string[];
  readonly stdin: boolean;
  readonly stdout: boolean;
  readonly stderr: boolean;
  readonly tty: boolean;
  readonly protocol: ExecProtocol;
}

/** Runs a command in a container of the demo cluster, from the answered upgrade to its exit code. */
export class ExecSession {
  readonly #options: ExecOptions;
  readonly #socket: ServerSocket;
  readonly #program: Program | undefined;
  readonly #decoder = new TextDecoder();
  #size: { readonly columns: number; readonly rows: number } | undefined;
  #ended = false;

  constructor(
    upgrade: { readonly message: IncomingMessage; readonly socket: Duplex; readonly head: Buffer },
    target: { readonly pod: Pod; readonly container: Container },
    options: ExecOptions,
    onClose: () => void,
  ) {
    const { message, socket, head } = upgrade;
    this.#options = options;
    this.#socket = new ServerSocket(message, socket, options.protocol, {
      onMessage: (payload) => this.#receive(payload),
      onClose,
    });
    if (options.tty) this.#size = { columns: 80, rows: 24 };
    this.#program = startProgram(options.command, {
      env: environment(target.pod, target.container),
      tty: options.tty,
      size: () => this.#size,
      write: (text) => this.#write(CHANNEL.stdout, text),
      writeError: (text) => this.#write(options.tty ? CHANNEL.stdout : CHANNEL.stderr, text),
      exit: (code) => this.#end(exitStatus(code, options.protocol, options.command)),
    });
    if (this.#program === undefined && !this.#ended) {
      const id = new SeededRandom(hash32(`${target.pod.metadata.uid}/${options.command.join(' ')}`)).hex(64);
      this.#end(noProgramStatus(id, options.command));
    }
    if (head.length > 0) this.#socket.receive(head);
  }

  close(): void {
    this.#socket.close();
  }

  #receive(payload: Buffer): void {
    const [channel] = payload;
    const body = payload.subarray(1);
    if (this.#ended) return;
    if (channel === CHANNEL.stdin && this.#options.stdin) {
      this.#program?.input(this.#decoder.decode(body, { stream: true }));
    } else if (channel === CHANNEL.resize && this.#options.tty) this.#resize(body.toString('utf8'));
    else if (channel === CHANNEL.close && this.#options.protocol === 'v5.channel.k8s.io' && body[0] === CHANNEL.stdin) {
      this.#program?.inputEnd();
    }
  }

  #resize(text: string): void {
    // `{"Width":80,"Height":24}`; what is none changes nothing, as with a kubelet.
    const [width, height] = ['Width', 'Height'].map((name) =>
      Number(new RegExp(`"${name}"\\s*:\\s*(\\d+)`).exec(text)?.[1]),
    );
    if (width !== undefined && height !== undefined && width > 0 && height > 0)
      this.#size = { columns: width, rows: height };
  }

  #write(channel: number, text: string): void {
    const wanted = channel === CHANNEL.stdout ? this.#options.stdout : this.#options.stderr;
    if (!wanted || this.#ended) return;
    this.#send(channel, this.#options.tty ? text.replaceAll(/\r?\n/g, '\r\n') : text);
  }

  #end(status: object): void {
    if (this.#ended) return;
    this.#send(CHANNEL.error, JSON.stringify(status));
    this.#ended = true;
    this.#socket.close();
  }

  #send(channel: number, text: string): void {
    this.#socket.send(Buffer.concat([Buffer.from([channel]), Buffer.from(text)]));
  }
}

function environment(pod: Pod, container: Container): Readonly<Record<string, string>> {
  return {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    HOSTNAME: pod.metadata.name,
    HOME: '/root',
    KUBERNETES_SERVICE_HOST: '10.96.0.1',
    CONTAINER_IMAGE: container.image,
  };
}
