import type { Socket } from 'node:net';
import { ConnectFailure } from './connect-failure.ts';
import { destroyOnAbort } from './tcp-socket.ts';

/**
 * Reads a proxy's answer from a socket that will carry TLS afterwards. `take` looks at all bytes so far and answers how many of them
 * are the message; the rest goes back to the socket. Throws ConnectFailure when the other side ends first or says over 64 kB.
 */
export function readMessage(
  socket: Socket,
  take: (bytes: Buffer) => number | undefined,
  what: string,
  signal: AbortSignal,
): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  let seen: Buffer = Buffer.alloc(0);
  const release = destroyOnAbort(socket, signal, reject);
  const finish = () => {
    release();
    socket.off('readable', onReadable).off('end', onEnd).off('error', onEnd).off('close', onEnd);
  };
  const fail = (message: string) => {
    finish();
    socket.destroy();
    reject(new ConnectFailure(message));
  };
  const onEnd = () => fail(`${what} has closed the connection instead of opening a tunnel.`);
  const onReadable = () => {
    for (let chunk = readChunk(socket); chunk; chunk = readChunk(socket)) seen = Buffer.concat([seen, chunk]);
    const length = take(seen);
    if (length === undefined) {
      if (seen.length > 65_536) fail(`${what} does not speak the protocol of a proxy.`);
      return;
    }
    finish();
    if (seen.length > length) socket.unshift(seen.subarray(length));
    resolve(seen.subarray(0, length));
  };
  socket.on('readable', onReadable).on('end', onEnd).on('error', onEnd).on('close', onEnd);
  return promise;
}

/** Node's own type of read() is any; without an encoding it answers bytes, or null when there are none. */
function readChunk(socket: Socket): Buffer | null {
  const chunk: unknown = socket.read();
  return Buffer.isBuffer(chunk) ? chunk : null;
}
