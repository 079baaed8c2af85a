import type { ApiConnection, ApiResponse, WriteRequest } from './api-connection.ts';
import { senderOf } from './connection-senders.ts';

const DEFAULT_TIMEOUT_MS = 30_000;

/**
 * The one sender of requests that change something; only src/core/change.ts may import it. Goes before background reads unless told, and is never
 * repeated by itself. Throws AppError: `Unreachable` when nothing was sent (safe to repeat), `OutcomeUnknown` when the reply was lost
 * after sending (read and compare before anything else), else what the server said.
 */
export function sendWrite(connection: ApiConnection, request: WriteRequest): Promise<ApiResponse> {
  const sender = senderOf(connection);
  if (!sender) return Promise.reject(new TypeError(`no connection of createConnection: ${connection.contextName}`));
  return sender.unary(
    {
      method: request.method,
      path: request.path,
      ...(request.query ? { query: request.query } : {}),
      headers: { accept: 'application/json', 'content-type': request.contentType },
      body: request.body,
      signal: request.signal,
      timeoutMs: request.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    },
    request.priority ?? 'user',
  );
}
