import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { PageServer } from '../core/host/page-server.ts';
import type { Clock, Timer } from '../shared/clock.ts';
import { SOCKET_PATH, SOCKET_PROTOCOL } from '../shared/contract/page-session.ts';
import type { Access } from './access.ts';
import { type Denial, denial, refuseUpgrade } from './denial.ts';

/** A kubeconfig text of 20 million characters, as JSON. */
export const MAX_MESSAGE_BYTES = 64 * 1024 * 1024;
export const MAX_SOCKETS = 32;
const PING_MS = 5_000;
/** Pings without an answer after which a page is gone. */
const MAX_UNANSWERED = 3;
/** Above this, a stream's next message waits until the socket took the last one. */
const HIGH_WATER_BYTES = 1024 * 1024;
const POLICY_VIOLATION = 1008;
const GOING_AWAY = 1001;

export interface PageSocketsOptions {
  readonly access: Access;
  readonly pages: PageServer;
  readonly clock: Clock;
}

/** The pages' WebSockets: each is let in by its host, origin, cookie and value, served, and watched for silence. */
export class PageSockets {
  readonly #access: Access;
  readonly #pages: PageServer;
  readonly #clock: Clock;
  readonly #server = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
    handleProtocols: () => SOCKET_PROTOCOL,
  });

  constructor({ access, pages, clock }: PageSocketsOptions) {
    this.#access = access;
    this.#pages = pages;
    this.#clock = clock;
  }

  get count(): number {
    return this.#server.clients.size;
  }

  refuseRoom(): Denial | undefined {
    if (this.count < MAX_SOCKETS) return undefined;
    return denial(503, 'ServiceUnavailable', `Everynode is open in ${MAX_SOCKETS} tabs already. Close some of them.`);
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // Also what is turned away may reset its connection meanwhile.
    socket.on('error', () => socket.destroy());
    const { headers } = request;
    const refused =
      this.#access.refuseHost(headers) ??
      this.#access.refuseOrigin(headers) ??
      (request.url === SOCKET_PATH ? undefined : denial(404, 'NotFound', 'There is no such WebSocket.')) ??
      this.#access.refuseSocket(headers) ??
      this.refuseRoom();
    if (refused !== undefined) return refuseUpgrade(socket, refused);
    this.#server.handleUpgrade(request, socket, head, (opened) => this.#serve(opened));
  }

  /** Tells every page that the host goes, and does not wait for their answer; resolves when all are released. */
  dispose(): Promise<void> {
    for (const socket of this.#server.clients) {
      socket.close(GOING_AWAY);
      socket.terminate();
    }
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  #serve(socket: WebSocket): void {
    const ended = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    const page = this.#pages.open({
      send: (message) => sendSlowly(socket, message, ended),
      refuse: () => socket.close(POLICY_VIOLATION),
    });
    const stopWatching = this.#watchSilence(socket);
    socket.on('message', (data: Buffer, isBinary) => {
      if (isBinary) socket.close(POLICY_VIOLATION);
      else page.receive(data.toString('utf8'));
    });
    socket.on('close', () => {
      stopWatching();
      page.close();
    });
    // A reset or an oversized message: ws closes the socket itself.
    socket.on('error', () => undefined);
  }

  #watchSilence(socket: WebSocket): () => void {
    let unanswered = 0;
    let timer: Timer;
    const beat = () => {
      if (unanswered >= MAX_UNANSWERED) return socket.terminate();
      unanswered += 1;
      socket.ping();
      timer = this.#clock.setTimeout(beat, PING_MS);
    };
    socket.on('pong', () => {
      unanswered = 0;
    });
    timer = this.#clock.setTimeout(beat, PING_MS);
    return () => this.#clock.clearTimeout(timer);
  }
}

/**
 * Resolves when the next message may follow. On a socket that is closing that is never before its end: a stream whose next
 * item is always ready would else keep the event loop to itself, and the end would never come.
 */
function sendSlowly(socket: WebSocket, message: string, ended: Promise<void>): Promise<void> | void {
  if (socket.readyState !== socket.OPEN) return ended;
  if (socket.bufferedAmount < HIGH_WATER_BYTES) return socket.send(message);
  return new Promise((resolve) => socket.send(message, () => resolve()));
}
