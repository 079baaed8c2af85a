import type { ApiConnection } from './api-connection.ts';
import type { RequestSender } from './request-sender.ts';

const senders = new WeakMap<ApiConnection, RequestSender>();

/** Called by connection.ts for each connection that it makes: what a reader holds has no way to write. */
export function registerSender(connection: ApiConnection, sender: RequestSender): void {
  senders.set(connection, sender);
}

/** For write-request.ts alone. */
export function senderOf(connection: ApiConnection): RequestSender | undefined {
  return senders.get(connection);
}
