import { once } from 'node:events';
import { type Server, connect, createServer } from 'node:net';

/**
 * A Unix socket that leads to the API server on 127.0.0.1: a network namespace does not hold for it, so a node's kubelet finds the
 * way out and nothing listens on more than loopback.
 */
export async function openApiServerSocket(path: string, port: number): Promise<Server> {
  const server = createServer((inside) => {
    const outside = connect(port, '127.0.0.1');
    inside.pipe(outside).pipe(inside);
    // Either end's failure is the end of both; the kubelet comes again.
    inside.on('error', () => outside.destroy()).on('close', () => outside.destroy());
    outside.on('error', () => inside.destroy()).on('close', () => inside.destroy());
  });
  server.listen(path);
  await once(server, 'listening');
  server.unref();
  return server;
}
