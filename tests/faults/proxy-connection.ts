import type { Socket } from 'node:net';
import type { Clock } from '../../src/shared/clock.ts';
import { assertNever } from '../../src/shared/errors/assert-never.ts';
import { ProxyLane } from './proxy-lane.ts';
import { CLEAR, type CutBy, SILENT, type Weather, weatherToward } from './weather.ts';

export interface ProxyConnectionOptions {
  readonly near: Socket;
  readonly far: Socket;
  readonly clock: Clock;
  onGone(): void;
}

/** One connection through the proxy, with weather of its own. */
export class ProxyConnection {
  readonly #near: Socket;
  readonly #requests: ProxyLane;
  readonly #answers: ProxyLane;
  #weather: Weather = CLEAR;
  /** Bytes are lost, so that nothing may ever follow them. */
  #isDead = false;
  #lastAnsweredAt: number;

  constructor({ near, far, clock, onGone }: ProxyConnectionOptions) {
    this.#near = near.setNoDelay(true);
    far.setNoDelay(true);
    this.#lastAnsweredAt = clock.now();
    this.#requests = new ProxyLane({ from: near, to: far, clock, onPass: ignore, onCut: ignore });
    this.#answers = new ProxyLane({
      from: far,
      to: near,
      clock,
      onPass: () => {
        this.#lastAnsweredAt = clock.now();
      },
      onCut: (by) => this.end(by),
    });
    near.on('error', ignore).once('end', () => {
      // Whoever is told nothing can end its side alone.
      if (this.#isDead) near.destroy();
    });
    far.on('error', () => this.end('reset'));
    near.once('close', () => {
      this.#drop();
      far.destroy();
      onGone();
    });
  }

  get weather(): Weather {
    return this.#weather;
  }

  /** Cuts count their bytes from here. Clear weather hands out what was held; what was cut stays so. */
  set weather(weather: Weather) {
    if (this.#isDead) return;
    this.#weather = weather;
    this.#requests.weather = weatherToward('server', weather);
    this.#answers.weather = weatherToward('client', weather);
  }

  /** It was cut in silence: neither side hears of the other's end before the client gives it up. */
  get isDead(): boolean {
    return this.#isDead;
  }

  /** Bytes that were sent, by either side, and have not arrived. */
  get heldBytes(): number {
    return this.#requests.heldBytes + this.#answers.heldBytes;
  }

  /** When the client last got a byte, on the clock. */
  get lastAnsweredAt(): number {
    return this.#lastAnsweredAt;
  }

  end(by: CutBy): void {
    this.#drop();
    switch (by) {
      case 'close':
        this.#near.destroy();
        return;
      case 'reset':
        this.#near.resetAndDestroy();
        return;
      case 'halfClose':
        this.#near.end();
        this.#die({ kind: 'silent', toward: 'client' });
        return;
      case 'silence':
        this.#die(SILENT);
        return;
      default:
        assertNever(by);
    }
  }

  #die(weather: Weather): void {
    this.weather = weather;
    this.#isDead = true;
    if (this.#near.readableEnded) this.#near.destroy();
  }

  #drop(): void {
    this.#requests.drop();
    this.#answers.drop();
  }
}

function ignore(): void {
  // The test looks at the client's side.
}
