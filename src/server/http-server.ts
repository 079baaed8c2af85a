import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PageServer } from '../core/host/page-server.ts';
import type { Clock } from '../shared/clock.ts';
import { CONTENT_SECURITY_POLICY } from '../shared/content-security-policy.ts';
import { SESSION_PATH } from '../shared/contract/page-session.ts';
import { Access } from './access.ts';
import { answerDenial, denial } from './denial.ts';
import { PageSockets } from './page-sockets.ts';
import { answerSession } from './session-endpoint.ts';
import { StaticFiles } from './static-files.ts';

const MAX_HEADER_BYTES = 16 * 1024;

const SECURITY_HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
};

export interface PageHttpOptions {
  /** 0 is a free one. */
  readonly port: number;
  readonly rendererRoot: string;
  readonly pages: PageServer;
  readonly clock: Clock;
  readonly onBug: (what: string, error: unknown) => void;
}

/** The loopback server: the built page, the exchange of codes, and the WebSockets. */
export interface PageHttp {
  readonly port: number;
  readonly access: Access;
  close(): Promise<void>;
}

/** @throws NodeJS.ErrnoException, EADDRINUSE when the port is taken */
export async function openPageHttp(options: PageHttpOptions): Promise<PageHttp> {
  const server = createServer({
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: 10_000,
    requestTimeout: 20_000,
    keepAliveTimeout: 10_000,
    connectionsCheckingInterval: 5_000,
  });
  server.maxConnections = 256;
  const port = await listen(server, options.port);
  const access = new Access({ clock: options.clock, port });
  const sockets = new PageSockets({ access, pages: options.pages, clock: options.clock });
  const files = new StaticFiles(options.rendererRoot);
  server.on('request', (request, response) => {
    answer(access, sockets, files, request, response).catch((error: unknown) => {
      options.onBug('http', error);
      response.destroy();
    });
  });
  server.on('upgrade', (request, socket, head) => sockets.upgrade(request, socket, head));
  return {
    port,
    access,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await sockets.dispose();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(
  access: Access,
  sockets: PageSockets,
  files: StaticFiles,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
  const { method = '', headers, url = '' } = request;
  const isSession = url === SESSION_PATH;
  const allowed = isSession ? ['GET', 'POST'] : ['GET', 'HEAD'];
  const refused =
    access.refuseHost(headers) ??
    (allowed.includes(method) ? undefined : denial(405, 'ContractViolation', `${method} is not taken here.`)) ??
    (method === 'POST' ? access.refuseOrigin(headers) : undefined);
  if (refused !== undefined) return answerDenial(response, refused);
  if (isSession) return answerSession(access, () => sockets.refuseRoom(), request, response);
  return files.serve(request, response);
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      server.off('error', reject);
      // A TCP server's address is an AddressInfo.
      resolve((server.address() as AddressInfo).port);
    });
  });
}
