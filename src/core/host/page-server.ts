import { AsyncIteratorClass } from '@orpc/contract';
import type { Router } from '@orpc/server';
import { RPCHandler } from '@orpc/server/websocket';
import { PACED_ITEMS, PACED_STREAM_HEADER, ItemWindow } from '../../shared/contract/stream-pacing.ts';
import { toWireError } from '../../shared/contract/wire-error.ts';
import { type HandlerContext, openSession } from '../session.ts';
import { WireItem } from './wire-item.ts';

/** What a host hands over of one page's WebSocket or MessagePort. */
export interface PageConnection {
  /** Sends one message; resolves when the next may follow, so that a slow socket slows the streams down. */
  send(message: string): Promise<void> | void;
  /** Ends the connection because what came over it is not the protocol. */
  refuse(): void;
}

/** One page being served. */
export interface ServedPage {
  /** Takes one message of the page. */
  receive(message: string): void;
  /** The connection is gone: every call and stream of the page ends. Idempotent. */
  close(): void;
}

export interface PageServerOptions {
  // oRPC's own type of "a router of any contract with this context".
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly router: Router<any, HandlerContext>;
  /** Is told of every failure that is a fault of our own, once each. */
  readonly onBug: (path: string, error: unknown) => void;
}

interface CallContext extends HandlerContext {
  readonly pacedStreamId?: string;
}

/** Serves the contract to pages over any transport that carries text messages in order. */
export class PageServer {
  readonly #handler: RPCHandler<CallContext>;
  readonly #pages = new Set<ServedPage>();
  #opened = 0;

  constructor({ router, onBug }: PageServerOptions) {
    this.#handler = new RPCHandler<CallContext>(router, {
      rootInterceptors: [
        (options) => {
          const header = options.request.headers[PACED_STREAM_HEADER];
          const pacedStreamId = typeof header === 'string' ? header : undefined;
          return options.next(
            pacedStreamId === undefined ? options : { ...options, context: { ...options.context, pacedStreamId } },
          );
        },
      ],
      clientInterceptors: [
        async ({ next, context, path, signal }) => {
          const fail = (error: unknown) => {
            const wireError = toWireError(error);
            const ended = signal?.aborted === true || context.session.signal.aborted;
            if (wireError.data.appError.reason === 'Bug' && !ended) onBug(path.join('.'), error);
            return wireError;
          };
          try {
            const output = await next();
            return isIterator(output) ? serveStream(output, context, signal, fail) : output;
          } catch (error) {
            throw fail(error);
          }
        },
      ],
    });
  }

  /** Pages that are being served now. */
  get pageCount(): number {
    return this.#pages.size;
  }

  open(connection: PageConnection): ServedPage {
    const { session, close } = openSession(`page-${++this.#opened}`);
    // The adapter keys its peers by this object and calls nothing but send: messages are handed to it below.
    const peer = { send: (message: string) => connection.send(message), addEventListener: () => undefined };
    const page: ServedPage = {
      receive: (message) => {
        if (session.signal.aborted) return;
        this.#handler.message(peer, message, { context: { session } }).catch(() => {
          // What a handler throws is encoded as its answer, so this message could not be read or not be answered.
          if (!session.signal.aborted) connection.refuse();
        });
      },
      close: () => {
        if (!this.#pages.delete(page)) return;
        close();
        this.#handler.close(peer);
      },
    };
    this.#pages.add(page);
    return page;
  }

  /** Ends every page's calls and streams. */
  dispose(): void {
    for (const page of [...this.#pages]) page.close();
  }
}

function isIterator(value: unknown): value is AsyncIterator<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value && 'next' in value;
}

/** The handler's iterator with its failures worded for the wire, and paced when the page asked for it. */
function serveStream(
  source: AsyncIterator<unknown>,
  { session, pacedStreamId }: CallContext,
  signal: AbortSignal | undefined,
  fail: (error: unknown) => unknown,
): AsyncIteratorClass<unknown> {
  const window = pacedStreamId === undefined ? undefined : new ItemWindow(PACED_ITEMS);
  if (pacedStreamId !== undefined && window !== undefined) session.windows.set(pacedStreamId, window);
  // A source that waits for its cluster and does not watch the signal would else be kept until its next item.
  const end = () => void source.return?.().then(undefined, fail);
  signal?.addEventListener('abort', end, { once: true });
  return new AsyncIteratorClass<unknown>(
    async () => {
      if (window !== undefined && !(await window.take(signal))) return { done: true, value: undefined };
      try {
        const step = await source.next();
        return step.done === true ? step : { done: false, value: new WireItem(step.value) };
      } catch (error) {
        throw fail(error);
      }
    },
    async (reason) => {
      signal?.removeEventListener('abort', end);
      if (pacedStreamId !== undefined) session.windows.delete(pacedStreamId);
      if (reason !== 'next') await source.return?.();
    },
  );
}
