import type { Socket } from 'node:net';
import type { Clock, Timer } from '../../src/shared/clock.ts';
import { assertNever } from '../../src/shared/errors/assert-never.ts';
import { CLEAR, type CutBy, type Weather } from './weather.ts';

const SLOW_TICK_MS = 100;
/** More than this waits in the sender's socket, as in a network. */
const HELD_LIMIT_BYTES = 1024 * 1024;

export interface LaneOptions {
  readonly from: Socket;
  readonly to: Socket;
  readonly clock: Clock;
  /** Bytes went out to the receiver. */
  onPass(): void;
  /** A cut is due; the bytes before it are out. */
  onCut(by: CutBy): void;
}

/** One direction of a connection: what the sender said waits here until the weather lets it pass, in order. */
export class ProxyLane {
  readonly #options: LaneOptions;
  #weather: Weather = CLEAR;
  #held: Buffer[] = [];
  #heldBytes = 0;
  #hasEnded = false;
  /** Since the weather was set. */
  #passedBytes = 0;
  #timer: Timer | undefined;

  constructor(options: LaneOptions) {
    this.#options = options;
    const { from, to } = options;
    from.on('data', (chunk: Buffer) => {
      this.#held.push(chunk);
      this.#heldBytes += chunk.length;
      this.#flush();
    });
    from.once('end', () => {
      this.#hasEnded = true;
      this.#flush();
    });
    to.on('drain', () => this.#pace());
  }

  get heldBytes(): number {
    return this.#heldBytes;
  }

  set weather(weather: Weather) {
    this.#weather = weather;
    this.#passedBytes = 0;
    this.stop();
    this.#flush();
  }

  /** Forgets what waits; the receiver is told nothing. */
  drop(): void {
    this.#held = [];
    this.#heldBytes = 0;
    this.stop();
  }

  stop(): void {
    if (this.#timer !== undefined) this.#options.clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #flush(): void {
    const weather = this.#weather;
    switch (weather.kind) {
      case 'silent':
        break;
      case 'clear':
      case 'refuse':
        this.#pass(Infinity);
        break;
      case 'bytewise':
        for (const byte of this.#take(Infinity)) this.#write(Buffer.of(byte));
        this.#pass(0);
        break;
      case 'delay':
        this.#later(weather.ms, () => this.#pass(Infinity));
        break;
      case 'slow':
        this.#later(SLOW_TICK_MS, () => {
          this.#pass(Math.ceil((weather.bytesPerSecond * SLOW_TICK_MS) / 1000));
          this.#flush();
        });
        break;
      case 'cut':
        this.#passUntil(weather.afterBytes, weather.by);
        break;
      default:
        assertNever(weather);
    }
    this.#pace();
  }

  #passUntil(limit: number, by: CutBy): void {
    const before = this.#passedBytes;
    const isDue = before + this.#heldBytes >= limit;
    if (!isDue) return this.#pass(Infinity);
    const bytes = this.#take(limit - before);
    this.#passedBytes = limit;
    // The last bytes must be out before a reset, which would take them along.
    if (bytes.length === 0) this.#options.onCut(by);
    else this.#write(bytes, () => this.#options.onCut(by));
  }

  /** Hands out so many bytes, and the sender's end behind the last of them. */
  #pass(limit: number): void {
    const bytes = this.#take(limit);
    this.#passedBytes += bytes.length;
    if (bytes.length > 0) this.#write(bytes);
    if (this.#hasEnded && this.#heldBytes === 0) this.#options.to.end();
  }

  #write(bytes: Buffer, onOut?: () => void): void {
    const { to, onPass } = this.#options;
    if (!to.writable) return;
    onPass();
    to.write(bytes, onOut);
  }

  #later(ms: number, pass: () => void): void {
    if (this.#heldBytes === 0 && !this.#hasEnded) return;
    this.#timer ??= this.#options.clock.setTimeout(() => {
      this.#timer = undefined;
      pass();
      this.#pace();
    }, ms);
  }

  /** Stops the sender's socket while the receiver is behind or too much waits. */
  #pace(): void {
    const { from, to } = this.#options;
    if (to.writableNeedDrain || this.#heldBytes > HELD_LIMIT_BYTES) from.pause();
    else from.resume();
  }

  #take(limit: number): Buffer {
    if (this.#heldBytes === 0) return Buffer.alloc(0);
    const [first] = this.#held;
    const all = first && this.#held.length === 1 ? first : Buffer.concat(this.#held);
    const taken = all.subarray(0, Math.max(0, Math.min(limit, all.length)));
    this.#held = taken.length < all.length ? [all.subarray(taken.length)] : [];
    this.#heldBytes = all.length - taken.length;
    return taken;
  }
}
