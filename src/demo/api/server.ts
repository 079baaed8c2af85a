import { timingSafeEqual } from 'node:crypto';
import { type IncomingMessage, STATUS_CODES, type Server, type ServerResponse, createServer } from 'node:http';
import { type DemoUser, forbidden, isAllowed } from './authorizer.ts';
import { handle } from './handle.ts';
import { KubeletRefusal, type Upgrade, answerExec } from './pod-exec.ts';
import type { Answer, ApiContext } from './request.ts';
import { requestInfo } from './request-info.ts';
import { routeOf } from './route.ts';
import { StatusError, unauthorized } from './status-error.ts';

/** Who has which token. */
export type Tokens = ReadonlyMap<string, DemoUser>;

function authenticate(message: IncomingMessage, tokens: Tokens): DemoUser {
  const given = Buffer.from(/^Bearer (.+)$/.exec(message.headers.authorization ?? '')?.[1] ?? '');
  for (const [token, user] of tokens) {
    const expected = Buffer.from(token);
    if (given.length === expected.length && timingSafeEqual(given, expected)) return user;
  }
  throw unauthorized();
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
  tokens: Tokens,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<Answer> {
  const user = authenticate(message, tokens);
  const method = message.method ?? 'GET';
  const { pathname, searchParams: query } = new URL(message.url ?? '/', 'http://127.0.0.1');
  const info = requestInfo(method, pathname, query);
  if (!isAllowed(user, info)) throw forbidden(user, info);
  return handle(context, { user, method, target: routeOf(pathname), query, message, response });
}

async function respond(
  context: ApiContext,
  tokens: Tokens,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  let result: Answer;
  try {
    result = await answer(context, tokens, message, response);
  } catch (error) {
    result = failure(error);
  }
  if (response.headersSent || response.destroyed) return;
  // What was not read of a refused body would be taken for the next request.
  if (!message.complete) response.setHeader('Connection', 'close');
  send(response, result);
}

/** The API over HTTP/1.1. A request without one of the tokens is answered 401. */
export function createApiServer(context: ApiContext, tokens: Tokens): Server {
  const server = createServer(
    { keepAliveTimeout: 60_000, shouldUpgradeCallback: asksForWebSocket },
    (message, response) => {
      void respond(context, tokens, message, response);
    },
  );
  server.on('upgrade', (message, socket, head) => upgrade(context, tokens, { message, socket, head }));
  return server;
}

/** Any other protocol that a client offers is ignored, as the API server does. */
function asksForWebSocket({ headers }: IncomingMessage): boolean {
  return headers.upgrade?.toLowerCase() === 'websocket';
}

/** The only request that changes its protocol is exec; what is refused is answered as a request is. */
function upgrade(context: ApiContext, tokens: Tokens, asked: Upgrade): void {
  try {
    const user = authenticate(asked.message, tokens);
    const url = new URL(asked.message.url ?? '/', 'http://127.0.0.1');
    const info = requestInfo(asked.message.method ?? 'GET', url.pathname, url.searchParams);
    if (!isAllowed(user, info)) throw forbidden(user, info);
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
