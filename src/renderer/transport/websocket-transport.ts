import type { Clock, Timer } from '../../shared/clock.ts';
import type { AppErrorData } from '../../shared/errors/app-error.ts';
import { assertNever } from '../../shared/errors/assert-never.ts';
import { type ApiClient, createApiClient } from './api-client.ts';
import type { AccessCheck, PageSession } from './page-session.ts';
import type { PageTransport } from './page-transport.ts';
import { openSocketChannel, type Socket, type SocketChannel } from './socket-channel.ts';
import { createTransportState, type TransportState } from './transport-state.ts';

const RETRY_FIRST_MS = 500;
const RETRY_MAX_MS = 5_000;
/** A silent loss is noticed after at most three of these. */
const HEARTBEAT_MS = 7_000;

export interface WebSocketTransportOptions {
  readonly session: PageSession;
  readonly openSocket: (protocols: readonly string[]) => Socket;
  readonly clock: Clock;
}

/** The page's transport to the server host: exchanges the code, opens the WebSocket and opens it again when it is lost. */
export class WebSocketTransport implements PageTransport {
  readonly client: ApiClient;
  readonly #session: PageSession;
  readonly #openSocket: (protocols: readonly string[]) => Socket;
  readonly #clock: Clock;
  readonly #state = createTransportState();
  #channel: SocketChannel | undefined;
  /** Counts the tries: an older one that is still on its way gives way to the newest. */
  #tries = 0;
  #lostSince: number | undefined;
  #delayMs = RETRY_FIRST_MS;
  #timer: Timer | undefined;
  #disposed = false;

  constructor({ session, openSocket, clock }: WebSocketTransportOptions) {
    this.#session = session;
    this.#openSocket = openSocket;
    this.#clock = clock;
    this.client = createApiClient({ clock, channel: () => (this.isConnected() ? this.#channel : undefined) });
    void this.#start(session.takeCode());
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

  async submitCode(text: string): Promise<void> {
    const state = this.getState();
    if (state.phase !== 'needsCode' || state.busy) return;
    this.#set({ phase: 'needsCode', busy: true });
    this.#follow(await this.#session.exchange(text));
  }

  retryNow(): void {
    const { phase } = this.getState();
    if (phase !== 'lost' && phase !== 'refused') return;
    this.#clearTimer();
    void this.#retry();
  }

  dispose(): void {
    this.#disposed = true;
    this.#clearTimer();
    this.#abandon();
  }

  async #start(code: string | undefined): Promise<void> {
    const exchanged = code === undefined ? undefined : await this.#session.exchange(code);
    if (this.#session.hasValue) this.#connect();
    else if (exchanged !== undefined && exchanged.result !== 'valid') this.#follow(exchanged);
    else this.#set({ phase: 'needsCode', busy: false });
  }

  #follow(check: AccessCheck): void {
    if (this.#disposed) return;
    switch (check.result) {
      case 'valid':
        return this.#connect();
      case 'denied':
        return this.#set({ phase: 'needsCode', busy: false, error: check.error });
      case 'refused':
        return this.#session.hasValue
          ? this.#set({ phase: 'refused', error: check.error })
          : this.#set({ phase: 'needsCode', busy: false, error: check.error });
      case 'unreachable':
        return this.#session.hasValue
          ? this.#retryLater()
          : this.#set({ phase: 'needsCode', busy: false, error: UNREACHABLE });
      default:
        return assertNever(check);
    }
  }

  #connect(): void {
    if (this.#disposed) return;
    if (this.#lostSince === undefined) this.#set({ phase: 'connecting' });
    const channel = openSocketChannel(this.#openSocket(this.#session.socketProtocols()), {
      onOpen: () => {
        if (this.#channel === channel) this.#opened();
      },
      onLost: () => {
        if (this.#channel === channel) this.#lost();
      },
    });
    this.#channel = channel;
    this.#arm(HEARTBEAT_MS, () => {
      if (!this.isConnected()) channel.drop();
    });
  }

  #opened(): void {
    this.#delayMs = RETRY_FIRST_MS;
    this.#lostSince = undefined;
    this.#set({ phase: 'open', since: this.#clock.now() });
    this.#beat(false);
  }

  /** A loss that no one tells (a tunnel that died, a slept machine) shows only as silence. */
  #beat(pinged: boolean): void {
    this.#arm(HEARTBEAT_MS, () => {
      const heard = this.#channel?.takeHeard() ?? false;
      if (!heard && pinged) return this.#channel?.drop();
      if (!heard) this.#channel?.ping();
      this.#beat(!heard);
    });
  }

  #lost(): void {
    this.#clearTimer();
    this.#channel = undefined;
    if (!this.#disposed) this.#retryLater();
  }

  #retryLater(): void {
    const now = this.#clock.now();
    this.#lostSince ??= now;
    this.#set({ phase: 'lost', since: this.#lostSince, retryAt: now + this.#delayMs });
    this.#arm(this.#delayMs, () => void this.#retry());
    this.#delayMs = Math.min(this.#delayMs * 2, RETRY_MAX_MS);
  }

  /** A WebSocket that was refused does not say why, so the access is asked for first. */
  async #retry(): Promise<void> {
    const thisTry = (this.#tries += 1);
    this.#abandon();
    if (this.#lostSince !== undefined) this.#set({ phase: 'lost', since: this.#lostSince });
    const check = await this.#session.check();
    if (thisTry === this.#tries) this.#follow(check);
  }

  /** Lets go of a socket that is still opening; its end is no loss. */
  #abandon(): void {
    const channel = this.#channel;
    this.#channel = undefined;
    channel?.drop();
  }

  #set(state: TransportState): void {
    this.#state.setState(state, true);
  }

  #arm(delayMs: number, callback: () => void): void {
    this.#clearTimer();
    this.#timer = this.#clock.setTimeout(callback, delayMs);
  }

  #clearTimer(): void {
    if (this.#timer !== undefined) this.#clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}

const UNREACHABLE: AppErrorData = {
  reason: 'Unreachable',
  message: 'Everynode does not answer. Is it still running in its terminal?',
  retry: true,
};
