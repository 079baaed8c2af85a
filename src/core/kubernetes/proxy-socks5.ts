import type { Socket } from 'node:net';
import { ConnectFailure } from './connect-failure.ts';
import { readMessage } from './socket-reader.ts';

const VERSION = 5;
const NO_AUTHENTICATION = 0;
const USER_PASSWORD = 2;

/** RFC 1928, section 6. */
const REPLIES: ReadonlyMap<number, string> = new Map([
  [1, 'general failure'],
  [2, 'not allowed by its rules'],
  [3, 'network unreachable'],
  [4, 'host unreachable'],
  [5, 'connection refused'],
  [6, 'time to live expired'],
  [7, 'command not supported'],
  [8, 'address type not supported'],
]);

/** Opens a tunnel through a SOCKS 5 proxy (RFC 1928, user and password by RFC 1929). The proxy looks the name up. */
export async function connectThroughSocks5(
  socket: Socket,
  proxy: URL,
  target: { readonly host: string; readonly port: number },
  signal: AbortSignal,
): Promise<void> {
  const what = `The proxy ${proxy.host}`;
  const withUser = proxy.username !== '';
  socket.write(
    Buffer.from(withUser ? [VERSION, 2, NO_AUTHENTICATION, USER_PASSWORD] : [VERSION, 1, NO_AUTHENTICATION]),
  );
  const choice = await readMessage(socket, exactly(2), what, signal);
  if (choice[0] !== VERSION) throw fail(socket, `${what} does not speak SOCKS 5.`);
  if (choice[1] === USER_PASSWORD && withUser) await authenticate(socket, proxy, what, signal);
  else if (choice[1] !== NO_AUTHENTICATION) throw fail(socket, `${what} asks for a user name and password (SOCKS 5).`);
  const host = Buffer.from(target.host);
  if (host.length > 255) throw fail(socket, `The host name is too long for the SOCKS 5 proxy ${proxy.host}.`);
  const domainName = 3;
  socket.write(Buffer.concat([Buffer.from([VERSION, 1, 0, domainName, host.length]), host, portBytes(target.port)]));
  const reply = await readMessage(socket, replyLength, what, signal);
  if (reply[1] === 0) return;
  const reason = REPLIES.get(reply[1] ?? -1) ?? `reply ${reply[1]}`;
  throw fail(socket, `${what} refuses a connection to ${target.host}:${target.port} (SOCKS 5: ${reason}).`);
}

async function authenticate(socket: Socket, proxy: URL, what: string, signal: AbortSignal): Promise<void> {
  const user = Buffer.from(decodeURIComponent(proxy.username));
  const password = Buffer.from(decodeURIComponent(proxy.password));
  if (user.length > 255 || password.length > 255)
    throw fail(socket, `The user name or password of ${what} is too long for SOCKS 5.`);
  socket.write(Buffer.concat([Buffer.from([1, user.length]), user, Buffer.from([password.length]), password]));
  const answer = await readMessage(socket, exactly(2), what, signal);
  if (answer[1] !== 0) throw fail(socket, `${what} does not accept its user name and password (SOCKS 5).`);
}

function replyLength(bytes: Buffer): number | undefined {
  if (bytes.length < 5) return undefined;
  const addressLength = bytes[3] === 1 ? 4 : bytes[3] === 4 ? 16 : 1 + (bytes[4] ?? 0);
  const length = 4 + addressLength + 2;
  return bytes.length < length ? undefined : length;
}

function exactly(length: number): (bytes: Buffer) => number | undefined {
  return (bytes) => (bytes.length < length ? undefined : length);
}

function portBytes(port: number): Buffer {
  return Buffer.from([port >> 8, port & 0xff]);
}

function fail(socket: Socket, message: string): ConnectFailure {
  socket.destroy();
  return new ConnectFailure(message);
}
