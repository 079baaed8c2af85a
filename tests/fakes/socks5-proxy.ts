import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

export interface Socks5Options {
  /** Asks for this user, by RFC 1929. */
  readonly user?: { readonly name: string; readonly password: string };
  /** Reply code of RFC 1928 in place of a tunnel. */
  readonly refusal?: number;
}

/** A SOCKS 5 proxy (RFC 1928) for CONNECT with a domain name. Listens on 127.0.0.1 only. */
export class Socks5Proxy {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  /** "host:port" of every tunnel asked for. */
  readonly asked: string[] = [];

  private constructor(options: Socks5Options) {
    this.#server = createServer((socket) => {
      this.#own(socket);
      this.#serve(socket, options).catch(() => socket.destroy());
    });
  }

  static async start(options: Socks5Options = {}): Promise<Socks5Proxy> {
    const proxy = new Socks5Proxy(options);
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  async #serve(socket: Socket, options: Socks5Options): Promise<void> {
    const [, count = 0] = await take(socket, 2);
    const methods = await take(socket, count);
    const method = options.user ? 2 : 0;
    if (!methods.includes(method)) {
      socket.end(Buffer.from([5, 0xff]));
      return;
    }
    socket.write(Buffer.from([5, method]));
    if (options.user && !(await this.#accepts(socket, options.user))) return;
    const [, , , , length = 0] = await take(socket, 5);
    const host = (await take(socket, length)).toString();
    const port = (await take(socket, 2)).readUInt16BE();
    this.asked.push(`${host}:${port}`);
    const reply = (code: number) => socket.write(Buffer.from([5, code, 0, 1, 0, 0, 0, 0, 0, 0]));
    if (options.refusal !== undefined) {
      reply(options.refusal);
      return;
    }
    const target = connect(port, host, () => {
      reply(0);
      socket.pipe(target).pipe(socket);
    });
    this.#own(target);
  }

  async #accepts(socket: Socket, user: { readonly name: string; readonly password: string }): Promise<boolean> {
    const [, nameLength = 0] = await take(socket, 2);
    const name = (await take(socket, nameLength)).toString();
    const [passwordLength = 0] = await take(socket, 1);
    const good = name === user.name && (await take(socket, passwordLength)).toString() === user.password;
    socket.write(Buffer.from([1, good ? 0 : 1]));
    return good;
  }

  #own(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => socket.destroy()).once('close', () => this.#sockets.delete(socket));
  }
}

async function take(socket: Socket, length: number): Promise<Buffer> {
  if (length === 0) return Buffer.alloc(0);
  for (;;) {
    const bytes = socket.read(length) as Buffer | null;
    if (bytes) return bytes;
    if (socket.destroyed || socket.readableEnded) throw new Error('the client has gone');
    await new Promise<void>((resolve) => socket.once('readable', resolve).once('close', resolve));
  }
}
