import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SessionAnswer } from '../shared/contract/page-session.ts';
import { type Access, isDenial } from './access.ts';
import { answerDenial, type Denial, denial } from './denial.ts';
import { readJsonBody } from './json-body.ts';

const BODY_LIMIT_BYTES = 1024;

/** GET: may this tab open a WebSocket (204), and is there room for one? POST {code}: the exchange. */
export async function answerSession(
  access: Access,
  refuseRoom: () => Denial | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method === 'GET') {
    const refused = access.refuseRequest(request.headers) ?? refuseRoom();
    if (refused !== undefined) return answerDenial(response, refused);
    response.writeHead(204, { 'cache-control': 'no-store' }).end();
    return;
  }
  const body = await readJsonBody(request, BODY_LIMIT_BYTES);
  if ('denial' in body) return answerDenial(response, body.denial);
  const code = codeOf(body.value);
  if (code === undefined) return answerDenial(response, denial(400, 'ContractViolation', 'The body has no code.'));
  const grant = access.exchange(code, request.headers);
  if (isDenial(grant)) return answerDenial(response, grant);
  const answer: SessionAnswer = { value: grant.value };
  const headers = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' };
  response.writeHead(200, grant.setCookie === undefined ? headers : { ...headers, 'set-cookie': grant.setCookie });
  response.end(JSON.stringify(answer));
}

function codeOf(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('code' in body)) return undefined;
  return typeof body.code === 'string' && body.code.length <= 128 ? body.code : undefined;
}
