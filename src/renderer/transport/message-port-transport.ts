import { RPCLink } from '@orpc/client/message-port';
import type { Clock } from '../../shared/clock.ts';
import { type ApiClient, createApiClient } from './api-client.ts';
import type { Channel, LinkContext } from './channel.ts';
import type { PageTransport } from './page-transport.ts';
import { headersOf } from './socket-channel.ts';
import { createTransportState, type TransportState } from './transport-state.ts';

/** What is used of a browser's MessagePort. */
export type Port = Pick<MessagePort, 'addEventListener' | 'postMessage' | 'start' | 'close'>;

export interface MessagePortTransportOptions {
  readonly port: Promise<Port>;
  readonly clock: Clock;
}

/** The page's transport to Electron's main process. It is lost only together with the application. */
export class MessagePortTransport implements PageTransport {
  readonly client: ApiClient;
  readonly #clock: Clock;
  readonly #state = createTransportState();
  #channel: Channel | undefined;
  #close: () => void = () => undefined;
  #disposed = false;

  constructor({ port, clock }: MessagePortTransportOptions) {
    this.#clock = clock;
    this.client = createApiClient({ clock, channel: () => this.#channel });
    void port.then((opened) => this.#open(opened));
  }

  getState(): TransportState {
    return this.#state.getState();
  }

  subscribe(listener: () => void): () => void {
    return this.#state.subscribe(listener);
  }

  isConnected(): boolean {
    return this.getState().phase === 'open';
  }

  /** Electron's windows need no code. */
  submitCode(): Promise<void> {
    return Promise.resolve();
  }

  /** A window whose port is gone gets a new one only by a reload. */
  retryNow(): void {}

  dispose(): void {
    this.#disposed = true;
    this.#close();
  }

  #open(port: Port): void {
    if (this.#disposed) return port.close();
    const lost = new AbortController();
    this.#close = () => {
      if (lost.signal.aborted) return;
      lost.abort();
      port.close();
      this.#channel = undefined;
      this.#state.setState({ phase: 'lost', since: this.#clock.now() }, true);
    };
    // Before the link's own listener, so that `lost` is known when its calls fail.
    port.addEventListener('close', this.#close);
    this.#channel = { link: new RPCLink<LinkContext>({ port, headers: headersOf }), lost: lost.signal };
    port.start();
    this.#state.setState({ phase: 'open', since: this.#clock.now() }, true);
  }
}
