import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { ConnectFailure } from './connect-failure.ts';
import { describeSocketFailure } from './socket-failure.ts';

/** What bounds the making of one connection: the signal ends it, `own` hears of every socket so that none outlives its owner. */
export interface DialScope {
  readonly signal: AbortSignal;
  own(socket: Socket): void;
}

/** A TCP connection; `what` names the other side in an error: "The API server", "The proxy". */
export function connectTcp(host: string, port: number, what: string, scope: DialScope): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const socket = connect({
    host,
    port,
    autoSelectFamily: true,
    keepAlive: true,
    keepAliveInitialDelay: 30_000,
    noDelay: true,
  });
  scope.own(socket);
  const release = destroyOnAbort(socket, scope.signal, reject);
  socket.once('connect', () => {
    release();
    socket.off('error', onError);
    resolve(socket);
  });
  const onError = (error: Error) => {
    release();
    reject(new ConnectFailure(describeSocketFailure(error, what, host, port), { cause: error }));
  };
  socket.once('error', onError);
  return promise;
}

/** Destroys the socket when the signal aborts first; answers how to stop listening. The abort's reason is what is thrown. */
export function destroyOnAbort(socket: Socket, signal: AbortSignal, reject: (reason: unknown) => void): () => void {
  const onAbort = () => {
    // Without a listener a late 'error' of a destroyed socket would end the process.
    socket.on('error', ignoreLateError);
    socket.destroy();
    reject(signal.reason);
  };
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort, { once: true });
  return () => signal.removeEventListener('abort', onAbort);
}

function ignoreLateError(): void {
  // The caller already has the reason of the abort.
}
