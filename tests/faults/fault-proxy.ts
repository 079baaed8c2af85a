import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { systemClock } from '../../src/core/system-clock.ts';
import type { Clock } from '../../src/shared/clock.ts';
import { ProxyConnection } from './proxy-connection.ts';
import { CLEAR, type Weather } from './weather.ts';

export interface FaultProxyOptions {
  /** For delays and slow lines; the system's by default. */
  readonly clock?: Clock;
  /** 0, the default, is a free port. */
  readonly listenOn?: number;
}

/** A TCP proxy on 127.0.0.1 between clients and a server of this machine, whose weather a test sets at any time. */
export class FaultProxy {
  readonly #clock: Clock;
  readonly #target: number;
  readonly #server: Server;
  readonly #connections = new Set<ProxyConnection>();
  #port = 0;
  #weather: Weather = CLEAR;
  /** When each connection came, on the clock. */
  readonly acceptedAt: number[] = [];
  #peak = 0;

  private constructor(target: number, clock: Clock) {
    this.#target = target;
    this.#clock = clock;
    // A half-closed connection stays half open, as TCP has it.
    this.#server = createServer({ allowHalfOpen: true }, (near) => this.#accept(near));
  }

  static async start(targetPort: number, options: FaultProxyOptions = {}): Promise<FaultProxy> {
    const proxy = new FaultProxy(targetPort, options.clock ?? systemClock);
    await proxy.#listen(options.listenOn ?? 0);
    return proxy;
  }

  get port(): number {
    return this.#port;
  }

  /** How many connections came so far. */
  get accepted(): number {
    return this.acceptedAt.length;
  }

  /** The most connections that were open at once. */
  get peak(): number {
    return this.#peak;
  }

  /** How many connections the client has not given up. */
  get open(): number {
    return this.#connections.size;
  }

  /** How many of the open ones were cut in silence. */
  get dead(): number {
    return this.connections.filter(({ isDead }) => isDead).length;
  }

  /** The open ones, the oldest first; each has weather of its own to set. */
  get connections(): readonly ProxyConnection[] {
    return [...this.#connections];
  }

  /** When a client last got a byte through a slow line, on the clock; 0 when the line is not slow. */
  get lastSlowByteAt(): number {
    if (!['slow', 'delay', 'cut'].includes(this.#weather.kind)) return 0;
    return Math.max(0, ...this.connections.map(({ lastAnsweredAt }) => lastAnsweredAt));
  }

  get weather(): Weather {
    return this.#weather;
  }

  /** From now on, for what is connected and for what comes. */
  set weather(weather: Weather) {
    this.#weather = weather;
    this.change(weather);
  }

  /** For what is connected now; new connections have the proxy's weather. */
  change(weather: Weather): void {
    for (const connection of this.#connections) connection.weather = weather;
  }

  /** Ends every connection at once. */
  cut(by: 'close' | 'reset'): void {
    for (const connection of this.connections) connection.end(by);
  }

  /** Nobody listens any more (ECONNREFUSED), and what was connected is closed. */
  async goDown(): Promise<void> {
    this.cut('close');
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  /** Listens again on the same port. */
  async comeBack(): Promise<void> {
    await this.#listen(this.#port);
  }

  async close(): Promise<void> {
    if (this.#server.listening) await this.goDown();
  }

  async #listen(port: number): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#server.once('error', reject).listen(port, '127.0.0.1', resolve);
    await promise;
    this.#server.off('error', reject);
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  #accept(near: Socket): void {
    this.acceptedAt.push(this.#clock.now());
    if (this.#weather.kind === 'refuse') {
      near.on('error', ignore).resetAndDestroy();
      return;
    }
    const far = connect({ port: this.#target, host: '127.0.0.1', allowHalfOpen: true });
    const connection = new ProxyConnection({
      near,
      far,
      clock: this.#clock,
      onGone: () => this.#connections.delete(connection),
    });
    this.#connections.add(connection);
    this.#peak = Math.max(this.#peak, this.open);
    connection.weather = this.#weather;
  }
}

function ignore(): void {
  // The test looks at the client's side.
}
