import { AppError } from '../../shared/errors/app-error.ts';
import type { Timer } from '../../shared/clock.ts';
import type { ApiStream } from './api-connection.ts';
import type { PoolKind } from './connection-pools.ts';
import type { Deadline } from './deadline.ts';
import type { OpenedStream, OpenResponse, RequestSender, SendRequest } from './request-sender.ts';
import { headerText } from './status-to-error.ts';

export interface OpenStream {
  readonly kind: PoolKind;
  readonly request: SendRequest;
  /** See StreamRequest. */
  readonly silenceLimitMs?: number | undefined;
}

/** Opens a watch or a log. Its chunks are read only as they are pulled, so that a slow reader pauses the server. */
export async function openStream(sender: RequestSender, open: OpenStream): Promise<ApiStream> {
  const opened = await sender.open(open.request, open.kind);
  const { response, deadline } = opened;
  if (headerText(response.headers, 'content-type')?.startsWith('text/html')) {
    response.body.destroy();
    deadline.release();
    throw new AppError({
      reason: 'Unreachable',
      message: `The server answered ${response.statusCode} with a web page, not the Kubernetes API: is there a login page or proxy before it?`,
      contextName: sender.parts.contextName,
      retry: true,
    });
  }
  return new ResponseStream(sender, open, opened);
}

class ResponseStream implements ApiStream {
  readonly status: number;
  readonly chunks: AsyncIterable<Uint8Array>;
  readonly #response: OpenResponse;
  readonly #deadline: Deadline;
  readonly #suspect: () => void;
  #closed = false;

  constructor(sender: RequestSender, open: OpenStream, { response, deadline, suspect }: OpenedStream) {
    this.status = response.statusCode;
    this.#response = response;
    this.#deadline = deadline;
    this.#suspect = suspect;
    this.chunks = this.#read(sender, open);
  }

  close(): void {
    this.#closed = true;
    this.#deadline.release();
    this.#response.body.destroy();
  }

  async *#read(sender: RequestSender, { request, silenceLimitMs }: OpenStream): AsyncGenerator<Uint8Array> {
    const { clock } = sender.parts;
    // While the reader has not asked for more, the silence is its own.
    const listen = (): Timer =>
      silenceLimitMs === undefined
        ? undefined
        : clock.setTimeout(() => this.#fellSilent(sender, silenceLimitMs), silenceLimitMs);
    let timer = listen();
    try {
      for await (const chunk of this.#response.body as AsyncIterable<Buffer>) {
        clock.clearTimeout(timer);
        yield chunk;
        timer = listen();
      }
    } catch (error) {
      if (!this.#closed) throw sender.failureOf(request).streamError(error, this.#deadline.end);
    } finally {
      clock.clearTimeout(timer);
      this.#deadline.release();
    }
  }

  #fellSilent({ parts }: RequestSender, limitMs: number): void {
    const error = new AppError({
      reason: 'Disconnected',
      message: `The API server ${parts.server.host} sent nothing for ${limitMs / 1000} s in the middle of the stream.`,
      contextName: parts.contextName,
      retry: true,
    });
    this.#suspect();
    this.#response.body.destroy(error);
  }
}
