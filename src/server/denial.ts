import type { ServerResponse } from 'node:http';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { AppErrorData, AppErrorReason } from '../shared/errors/app-error.ts';

/** Why a request is turned away: an HTTP status and the sentence that the page shows. */
export interface Denial {
  readonly status: number;
  readonly error: AppErrorData;
}

export function denial(
  status: number,
  reason: AppErrorReason,
  message: string,
  more: Pick<AppErrorData, 'retryAfterSeconds'> = {},
): Denial {
  return { status, error: { reason, message, ...more } };
}

/** The body is the error as JSON. The connection is closed: whatever more comes on it is not read. */
export function answerDenial(response: ServerResponse, { status, error }: Denial): void {
  const body = JSON.stringify(error);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    connection: 'close',
    ...(error.retryAfterSeconds === undefined ? {} : { 'retry-after': String(error.retryAfterSeconds) }),
  });
  response.end(body);
}

/** Turns a WebSocket's handshake away. */
export function refuseUpgrade(socket: Duplex, { status }: Denial): void {
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`;
  socket.end(head, () => socket.destroy());
}
