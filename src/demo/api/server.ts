import { timingSafeEqual } from 'node:crypto';
import { type IncomingMessage, STATUS_CODES, type Server, type ServerResponse, createServer } from 'node:http';
import { handle } from './handle.ts';
import { KubeletRefusal, type Upgrade, answerExec } from './pod-exec.ts';
import type { Answer, ApiContext } from './request.ts';
import { routeOf } from './route.ts';
import { StatusError, unauthorized } from './status-error.ts';

function isAuthorized(message: IncomingMessage, token: Buffer): boolean {
  const given = Buffer.from(/^Bearer (.+)$/.exec(message.headers.authorization ?? '')?.[1] ?? '');
  return given.length === token.length && timingSafeEqual(given, token);
}

function send(response: ServerResponse, answer: Answer): void {
  if (answer.kind === 'streamed') return;
  const body = Buffer.from(answer.text);
  const warnings = answer.kind === 'json' ? (answer.warnings ?? []) : [];
  response.writeHead(answer.code, {
    'Content-Type': answer.kind === 'json' ? 'application/json' : 'text/plain; charset=utf-8',
    'Content-Length': body.length,
    'Cache-Control': 'no-cache, private',
    'X-Content-Type-Options': 'nosniff',
    ...(warnings.length === 0 ? {} : { Warning: warnings.map((text) => `299 - ${JSON.stringify(text)}`) }),
  });
  response.end(body);
}

function failure(error: unknown): Answer {
  const status =
    error instanceof StatusError
      ? error
      : new StatusError({
          code: 500,
          reason: 'InternalError',
          message: `Internal error occurred: ${error instanceof Error ? error.message : String(error)}`,
        });
  return { kind: 'json', code: status.code, text: `${JSON.stringify(status.toJson())}\n` };
}

async function answer(
  context: ApiContext,
  token: Buffer,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<Answer> {
  if (!isAuthorized(message, token)) throw unauthorized();
  const url = new URL(message.url ?? '/', 'http://127.0.0.1');
  const target = routeOf(url.pathname);
  return handle(context, { method: message.method ?? 'GET', target, query: url.searchParams, message, response });
}

async function respond(
  context: ApiContext,
  token: Buffer,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  let result: Answer;
  try {
    result = await answer(context, token, message, response);
  } catch (error) {
    result = failure(error);
  }
  if (response.headersSent || response.destroyed) return;
  // What was not read of a refused body would be taken for the next request.
  if (!message.complete) response.setHeader('Connection', 'close');
  send(response, result);
}

/** The API over HTTP/1.1. A request without the token is answered 401. */
export function createApiServer(context: ApiContext, token: string): Server {
  const expected = Buffer.from(token);
  const server = createServer(
    { keepAliveTimeout: 60_000, shouldUpgradeCallback: asksForWebSocket },
    (message, response) => {
      void respond(context, expected, message, response);
    },
  );
  server.on('upgrade', (message, socket, head) => upgrade(context, expected, { message, socket, head }));
  return server;
}

/** Any other protocol that a client offers is ignored, as the API server does. */
function asksForWebSocket({ headers }: IncomingMessage): boolean {
  return headers.upgrade?.toLowerCase() === 'websocket';
}

/** The only request that changes its protocol is exec; what is refused is answered as a request is. */
function upgrade(context: ApiContext, token: Buffer, asked: Upgrade): void {
  try {
    if (!isAuthorized(asked.message, token)) throw unauthorized();
    const url = new URL(asked.message.url ?? '/', 'http://127.0.0.1');
    answerExec(context, routeOf(url.pathname), url.searchParams, asked);
  } catch (error) {
    const { code, text } =
      error instanceof KubeletRefusal ? { code: 500, text: error.message } : textOf(failure(error));
    const type = error instanceof KubeletRefusal ? 'text/plain; charset=utf-8' : 'application/json';
    const head = `HTTP/1.1 ${code} ${STATUS_CODES[code] ?? ''}\r\nContent-Type: ${type}\r\nContent-Length: ${Buffer.byteLength(text)}\r\nConnection: close\r\n\r\n`;
    asked.socket.on('error', () => asked.socket.destroy());
    asked.socket.end(head + text);
  }
}

function textOf(answered: Answer): { readonly code: number; readonly text: string } {
  return answered.kind === 'streamed' ? { code: 500, text: '' } : answered;
}
