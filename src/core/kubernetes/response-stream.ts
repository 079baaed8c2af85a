import { AppError } from '../../shared/errors/app-error.ts';
import type { ApiStream } from './api-connection.ts';
import type { PoolKind } from './connection-pools.ts';
import type { Deadline } from './deadline.ts';
import type { OpenResponse, RequestSender, SendRequest } from './request-sender.ts';
import { headerText } from './status-to-error.ts';

export interface OpenStream {
  readonly kind: PoolKind;
  readonly request: SendRequest;
}

/** Opens a watch or a log. Its chunks are read only as they are pulled, so that a slow reader pauses the server. */
export async function openStream(sender: RequestSender, open: OpenStream): Promise<ApiStream> {
  const { response, deadline } = await sender.open(open.request, open.kind);
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
  return new ResponseStream(sender, open.request, response, deadline);
}

class ResponseStream implements ApiStream {
  readonly status: number;
  readonly chunks: AsyncIterable<Uint8Array>;
  readonly #response: OpenResponse;
  readonly #deadline: Deadline;
  #closed = false;

  constructor(sender: RequestSender, request: SendRequest, response: OpenResponse, deadline: Deadline) {
    this.status = response.statusCode;
    this.#response = response;
    this.#deadline = deadline;
    this.chunks = this.#read(sender, request);
  }

  close(): void {
    this.#closed = true;
    this.#deadline.release();
    this.#response.body.destroy();
  }

  async *#read(sender: RequestSender, request: SendRequest): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of this.#response.body as AsyncIterable<Buffer>) yield chunk;
    } catch (error) {
      if (!this.#closed) throw sender.failureOf(request).streamError(error, this.#deadline.end);
    } finally {
      this.#deadline.release();
    }
  }
}
