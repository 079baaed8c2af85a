import type { Socket } from 'node:net';
import { Client } from 'undici';
import type { Dispatcher } from 'undici';
import type { Clock } from '../../shared/clock.ts';
import type { Attention } from '../attention.ts';
import { Deadline } from './deadline.ts';
import { SilentConnection } from './silent-connection.ts';
import { PROBE_AFTER_MS, PROBE_LIMIT_MS, startVigil } from './vigil.ts';
import type { Vigil } from './vigil.ts';

type Handler = Dispatcher.DispatchHandler;

export interface HeardClientParts {
  readonly clock: Clock;
  readonly attention: Attention;
  /** Sends a small request on this very connection; resolves when anything at all was answered. */
  readonly probe: (client: Dispatcher, signal: AbortSignal) => Promise<void>;
  /** "kube.example:6443", for the words of a failure. */
  readonly host: string;
  /** Aborted when the pools are disposed. */
  readonly end: AbortSignal;
}

/**
 * One connection that knows when it was last heard. While somebody looks, requests run and nothing comes, it is probed: on HTTP/2 one
 * question answers for every stream of the connection. One that stays unanswered cuts the connection, so that whoever reads from it
 * opens it anew. On HTTP/1.1 a running request fills its connection and nothing can be asked.
 */
export class HeardClient extends Client {
  readonly #parts: HeardClientParts;
  #socket: Socket | undefined;
  #running = 0;
  #heard = 0;
  #vigil: Vigil | undefined;
  #probing = false;
  #silent: SilentConnection | undefined;

  constructor(origin: URL, options: Client.Options, parts: HeardClientParts) {
    super(origin, options);
    this.#parts = parts;
  }

  /** The socket of the connection that was made just now, when a probe can be sent on it; undefined on HTTP/1.1. */
  attach(socket: Socket | undefined): void {
    this.#socket = socket;
    this.#silent = undefined;
    this.#hear();
  }

  override dispatch(options: Dispatcher.DispatchOptions, handler: Handler): boolean {
    return super.dispatch(options, this.#heardBy(handler));
  }

  #heardBy(handler: Handler): Handler {
    let runs = false;
    const end = () => {
      if (runs) this.#leave();
      runs = false;
    };
    return {
      onRequestStart: (...args) => {
        if (!runs) this.#enter();
        runs = true;
        handler.onRequestStart?.(...args);
      },
      onResponseStart: (...args) => {
        this.#hear();
        return handler.onResponseStart?.(...args);
      },
      onResponseData: (...args) => {
        this.#hear();
        return handler.onResponseData?.(...args);
      },
      onResponseEnd: (...args) => {
        this.#hear();
        end();
        return handler.onResponseEnd?.(...args);
      },
      onResponseError: (controller, error) => {
        end();
        handler.onResponseError?.(controller, this.#silent ?? error);
      },
    };
  }

  #hear(): void {
    this.#heard += 1;
    this.#vigil?.touch();
  }

  #enter(): void {
    this.#running += 1;
    if (this.#vigil !== undefined) return;
    const { clock, attention } = this.#parts;
    this.#vigil = startVigil({ clock, attention, limitMs: PROBE_AFTER_MS, onSilent: () => void this.#ask() });
  }

  #leave(): void {
    this.#running -= 1;
    if (this.#running > 0) return;
    this.#vigil?.stop();
    this.#vigil = undefined;
  }

  async #ask(): Promise<void> {
    if (this.#probing || this.#socket === undefined) return;
    const { clock, host, end, probe } = this.#parts;
    // Its certificates or its peer were given up before, so that nothing can be asked on it any more.
    if (this.closed) return this.#cut(`The old connection to ${host} fell silent and was given up.`);
    this.#probing = true;
    const heardBefore = this.#heard;
    const deadline = new Deadline(clock, PROBE_LIMIT_MS, end, end);
    try {
      await deadline.race(probe(this, deadline.signal));
    } catch {
      // Only silence counts: whatever else ends a probe also ends the requests that it was sent for, or says nothing of the peer.
      const isSilent = deadline.end === 'timeout' && this.#heard === heardBefore;
      if (isSilent) this.#cut(`The API server ${host} fell silent: it left a question unanswered for 5 s.`);
    } finally {
      deadline.release();
      this.#probing = false;
    }
  }

  #cut(message: string): void {
    this.#silent = new SilentConnection(message);
    this.#socket?.destroy(this.#silent);
  }
}
