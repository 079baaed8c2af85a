import type { Socket } from 'node:net';
import { ConnectFailure } from './connect-failure.ts';
import { readMessage } from './socket-reader.ts';

/** Opens a tunnel through an HTTP proxy by CONNECT (RFC 9110, 9.3.6). */
export async function connectThroughHttpProxy(
  socket: Socket,
  proxy: URL,
  target: { readonly host: string; readonly port: number },
  signal: AbortSignal,
): Promise<void> {
  const authority = `${target.host.includes(':') ? `[${target.host}]` : target.host}:${target.port}`;
  const authorization = proxyAuthorization(proxy);
  const lines = [`CONNECT ${authority} HTTP/1.1`, `Host: ${authority}`, 'User-Agent: everynode'];
  if (authorization !== undefined) lines.push(`Proxy-Authorization: ${authorization}`);
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  const what = `The proxy ${proxy.host}`;
  const head = await readMessage(socket, endOfHead, what, signal);
  const [, status = '', text = ''] = /^HTTP\/1\.[01] (\d{3})(?: ([^\r\n]*))?/.exec(head.toString('latin1')) ?? [];
  if (status.startsWith('2')) return;
  socket.destroy();
  throw new ConnectFailure(refusal(what, authority, status, text.trim()), {
    retry: status !== '407' && status !== '403',
  });
}

/** The `Proxy-Authorization` of a proxy URL with a user in it. */
export function proxyAuthorization(proxy: URL): string | undefined {
  if (proxy.username === '' && proxy.password === '') return undefined;
  const pair = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  return `Basic ${Buffer.from(pair).toString('base64')}`;
}

function refusal(what: string, authority: string, status: string, text: string): string {
  if (status === '') return `${what} does not speak HTTP.`;
  if (status === '407') return `${what} asks for a user name and password (407 Proxy Authentication Required).`;
  return `${what} refuses a connection to ${authority} (${status}${text === '' ? '' : ` ${text.slice(0, 100)}`}).`;
}

function endOfHead(bytes: Buffer): number | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  return end < 0 ? undefined : end + 4;
}
