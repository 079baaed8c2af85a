import { timingSafeEqual } from 'node:crypto';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import { type DemoUser, forbidden, isAllowed } from './authorizer.ts';
import { handle } from './handle.ts';
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
  return createServer({ keepAliveTimeout: 60_000 }, (message, response) => {
    void respond(context, tokens, message, response);
  });
}
