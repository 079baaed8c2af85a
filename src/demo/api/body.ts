import type { IncomingMessage } from 'node:http';
import type { Json } from '../json.ts';
import { badRequest, requestTooLarge } from './status-error.ts';

/** The API server's own limit on a request body. */
export const BODY_LIMIT_BYTES = 3 * 1024 * 1024;

export async function readBody(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size > BODY_LIMIT_BYTES) throw requestTooLarge(BODY_LIMIT_BYTES);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The media type of the body, without its parameters. */
export function mediaTypeOf(message: IncomingMessage): string {
  return (message.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

export function parseJson(text: string, whatFails: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    if (error instanceof SyntaxError) throw badRequest(`${whatFails}: ${error.message}`);
    throw error;
  }
}
