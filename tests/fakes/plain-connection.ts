import { Agent, request } from 'undici';
import type { ApiConnection } from '../../src/core/kubernetes/api-connection.ts';
import { statusToError } from '../../src/core/kubernetes/status-to-error.ts';
import { AppError } from '../../src/shared/errors/app-error.ts';

interface Wanted {
  readonly path: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

/** The smallest ApiConnection: plain HTTP without credentials, for tests of what reads through one. */
export function createPlainConnection(url: string, contextName = 'test'): ApiConnection {
  const agent = new Agent({ pipelining: 1 });

  async function send({ path, query = {}, signal }: Wanted) {
    const target = new URL(path, url);
    for (const [key, value] of Object.entries(query)) if (value !== undefined) target.searchParams.set(key, value);
    try {
      return await request(target, { dispatcher: agent, signal, bodyTimeout: 0, headersTimeout: 0 });
    } catch (error) {
      throw failure('Unreachable', error);
    }
  }

  function failure(reason: 'Unreachable' | 'Disconnected', cause: unknown): AppError {
    const detail = cause instanceof Error ? cause.message : String(cause);
    return new AppError(
      { reason, message: 'The API server cannot be read.', contextName, retry: true, detail },
      { cause },
    );
  }

  async function* chunks(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    try {
      yield* body;
    } catch (error) {
      throw failure('Disconnected', error);
    }
  }

  return {
    contextName,
    httpVersion: '1.1',
    async get(wanted) {
      const { statusCode, headers, body } = await send(wanted);
      const bytes = new Uint8Array(await body.arrayBuffer());
      if (statusCode >= 300) throw statusToError(statusCode, bytes, headers, { contextName });
      return { status: statusCode, body: bytes, warnings: [] };
    },
    async stream(wanted) {
      const { statusCode, headers, body } = await send(wanted);
      if (statusCode >= 300) {
        throw statusToError(statusCode, new Uint8Array(await body.arrayBuffer()), headers, { contextName });
      }
      // A destroyed body tells of its end by an error that nobody waits for.
      body.on('error', () => undefined);
      return { status: statusCode, chunks: chunks(body), close: () => body.destroy() };
    },
    dispose: () => agent.destroy(),
  };
}
