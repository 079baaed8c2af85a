import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

/** A TCP relay to a port of this machine whose open connections can go silent, as a network that loses every packet. */
export class TcpRelay {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #pairs = new Set<{ readonly near: Socket; readonly far: Socket }>();

  #accepted = 0;

  private constructor(port: number) {
    this.#server = createServer((near) => {
      this.#accepted += 1;
      const far = connect(port, '127.0.0.1');
      near.pipe(far).pipe(near);
      const pair = { near, far };
      this.#pairs.add(pair);
      // What one side does abruptly the other is told too, as long as anything passes.
      const end = () => {
        if (!this.#pairs.delete(pair)) return;
        near.destroy();
        far.destroy();
      };
      near.once('close', end);
      far.once('close', end);
      for (const socket of [near, far]) {
        this.#sockets.add(socket);
        socket.on('error', () => socket.destroy()).once('close', () => this.#sockets.delete(socket));
      }
    });
  }

  /** @param listenOn 0 is a free port */
  static async start(port: number, listenOn = 0): Promise<TcpRelay> {
    const relay = new TcpRelay(port);
    await new Promise<void>((resolve) => relay.#server.listen(listenOn, '127.0.0.1', resolve));
    return relay;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** How many connections came so far. */
  get accepted(): number {
    return this.#accepted;
  }

  /** What is connected now passes nothing any more and stays open; new connections work. */
  silence(): void {
    for (const { near, far } of this.#pairs) {
      near.unpipe(far).pause();
      far.unpipe(near).pause();
    }
    this.#pairs.clear();
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}
