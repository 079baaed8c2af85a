import type { Client } from '../live/client.ts';
import type { Frames } from '../live/frames.ts';
import type { PageTransport } from '../transport/page-transport.ts';
import type { TransportState } from '../transport/transport-state.ts';

/** A way to a core that a test opens and cuts. */
export class FakeTransport implements PageTransport {
  readonly client: Client;
  readonly codes: string[] = [];
  retries = 0;
  #state: TransportState;
  readonly #listeners = new Set<() => void>();

  constructor(client: Client, state: TransportState = { phase: 'open', since: 0 }) {
    this.client = client;
    this.#state = state;
  }

  getState(): TransportState {
    return this.#state;
  }

  setState(state: TransportState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  isConnected(): boolean {
    return this.#state.phase === 'open';
  }

  async submitCode(text: string): Promise<void> {
    this.codes.push(text);
  }

  retryNow(): void {
    this.retries += 1;
  }

  dispose(): void {
    this.#listeners.clear();
  }
}

/** Frames that come when a test says so. */
export class FakeFrames implements Frames {
  #callbacks: (() => void)[] = [];

  request(callback: () => void): void {
    this.#callbacks.push(callback);
  }

  get requested(): number {
    return this.#callbacks.length;
  }

  /** One frame: all callbacks that were requested before it. */
  run(): void {
    const callbacks = this.#callbacks;
    this.#callbacks = [];
    for (const callback of callbacks) callback();
  }
}
