import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import type { Clock, Timer } from '../../src/shared/clock.ts';

/**
 * What a network does to the bytes of an API server on their way to the client.
 * - cut: after so many bytes the connection ends as told, also in the middle of anything
 * - slow: bytes a second, handed out every 100 ms of the clock
 */
export type Weather =
  | { readonly kind: 'clear' }
  | { readonly kind: 'silent' }
  | { readonly kind: 'refuse' }
  | { readonly kind: 'bytewise' }
  | { readonly kind: 'delay'; readonly ms: number }
  | { readonly kind: 'slow'; readonly bytesPerSecond: number }
  | { readonly kind: 'cut'; readonly afterBytes: number; readonly by: CutBy };

export type CutBy = 'close' | 'reset' | 'halfClose' | 'silence';

const SLOW_TICK_MS = 100;

/** A TCP proxy on 127.0.0.1 between a client and a server of this machine, whose weather a test sets at any time. */
export class FaultProxy {
  readonly #clock: Clock;
  readonly #target: number;
  readonly #server: Server;
  readonly #pairs = new Set<Pair>();
  #weather: Weather = { kind: 'clear' };
  /** When each connection came, by the clock. */
  readonly acceptedAt: number[] = [];
  #peak = 0;

  private constructor(target: number, clock: Clock) {
    this.#target = target;
    this.#clock = clock;
    // A half-closed connection stays half open, as TCP has it.
    this.#server = createServer({ allowHalfOpen: true }, (near) => this.#accept(near));
  }

  static async start(targetPort: number, clock: Clock): Promise<FaultProxy> {
    const proxy = new FaultProxy(targetPort, clock);
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** The most connections that were open at once. */
  get peak(): number {
    return this.#peak;
  }

  /** Connections that the client has not given up. */
  get open(): number {
    return this.#pairs.size;
  }

  get weather(): Weather {
    return this.#weather;
  }

  /** From now on, for what is connected and for what comes; cuts count their bytes from here. Clear weather hands out what was held. */
  set weather(weather: Weather) {
    this.#weather = weather;
    for (const pair of this.#pairs) pair.change(weather);
  }

  /** Ends every connection at once. */
  cut(by: 'close' | 'reset'): void {
    for (const pair of [...this.#pairs]) pair.end(by);
  }

  async close(): Promise<void> {
    this.cut('close');
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #accept(near: Socket): void {
    this.acceptedAt.push(this.#clock.now());
    if (this.#weather.kind === 'refuse') {
      near.on('error', ignore).resetAndDestroy();
      return;
    }
    const far = connect({ port: this.#target, host: '127.0.0.1', allowHalfOpen: true });
    const pair = new Pair(near, far, this.#clock, () => this.#pairs.delete(pair));
    this.#pairs.add(pair);
    this.#peak = Math.max(this.#peak, this.#pairs.size);
    pair.change(this.#weather);
  }
}

/** One connection. What the server sent waits in `#held` until the weather lets it pass. */
class Pair {
  readonly #near: Socket;
  readonly #clock: Clock;
  #weather: Weather = { kind: 'clear' };
  #held: Buffer[] = [];
  #farEnded = false;
  #passed = 0;
  #timer: Timer | undefined;

  constructor(near: Socket, far: Socket, clock: Clock, onGone: () => void) {
    this.#near = near.setNoDelay(true);
    this.#clock = clock;
    near.on('error', ignore).on('data', (chunk: Buffer) => {
      if (this.#weather.kind !== 'silent') far.write(chunk);
    });
    // A client that has closed its side gets no more of an answer that never ends.
    near.once('end', () => far.end());
    far.on('error', () => near.resetAndDestroy()).on('data', (chunk: Buffer) => this.#receive(chunk));
    far.once('end', () => {
      this.#farEnded = true;
      this.#flush();
    });
    near.once('close', () => {
      this.#stopTimer();
      far.destroy();
      onGone();
    });
  }

  change(weather: Weather): void {
    this.#weather = weather;
    this.#passed = 0;
    this.#stopTimer();
    this.#flush();
  }

  end(by: CutBy): void {
    this.#stopTimer();
    this.#held = [];
    if (by === 'close') this.#near.destroy();
    else if (by === 'reset') this.#near.resetAndDestroy();
    else if (by === 'halfClose') this.#near.end();
    if (by === 'halfClose' || by === 'silence') this.#weather = { kind: 'silent' };
  }

  #receive(chunk: Buffer): void {
    this.#held.push(chunk);
    this.#flush();
  }

  #flush(): void {
    const weather = this.#weather;
    switch (weather.kind) {
      case 'silent':
        return;
      case 'clear':
      case 'refuse':
        this.#pass(this.#take(Number.POSITIVE_INFINITY));
        break;
      case 'bytewise':
        for (const byte of this.#take(Number.POSITIVE_INFINITY)) this.#near.write(Uint8Array.of(byte));
        break;
      case 'delay':
        this.#later(weather.ms, () => this.#pass(this.#take(Number.POSITIVE_INFINITY)));
        return;
      case 'slow':
        this.#later(SLOW_TICK_MS, () => {
          this.#pass(this.#take(Math.ceil((weather.bytesPerSecond * SLOW_TICK_MS) / 1000)));
          this.#flush();
        });
        return;
      case 'cut':
        this.#passUntil(weather.afterBytes, weather.by);
        return;
    }
    if (this.#farEnded) this.#near.end();
  }

  #passUntil(limit: number, by: CutBy): void {
    const bytes = this.#take(limit - this.#passed);
    this.#passed += bytes.length;
    if (this.#passed < limit) {
      this.#pass(bytes);
      if (this.#farEnded) this.#near.end();
      return;
    }
    // The last bytes must be out before a reset, which would take them along.
    if (bytes.length === 0) this.end(by);
    else this.#near.write(bytes, () => this.end(by));
  }

  #pass(bytes: Buffer): void {
    if (bytes.length > 0) this.#near.write(bytes);
  }

  #later(ms: number, pass: () => void): void {
    if (this.#held.length === 0 && !this.#farEnded) return;
    this.#timer ??= this.#clock.setTimeout(() => {
      this.#timer = undefined;
      pass();
      if (this.#held.length === 0 && this.#farEnded) this.#near.end();
    }, ms);
  }

  #take(limit: number): Buffer {
    const all = Buffer.concat(this.#held);
    const taken = all.subarray(0, Math.max(0, limit));
    this.#held = taken.length < all.length ? [all.subarray(taken.length)] : [];
    return taken;
  }

  #stopTimer(): void {
    if (this.#timer !== undefined) this.#clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}

function ignore(): void {
  // The test looks at the client's side.
}
