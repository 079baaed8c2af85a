import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Dispatcher } from 'undici';
import type { RequestFailure } from './request-failure.ts';

/** Bytes of a whole answer, packed or unpacked. A page of 500 pods has about 8 MB. */
export const LIMIT_BODY_BYTES = 64 * 1024 * 1024;

const unzip = promisify(gunzip);

/** Reads an answer to its end; throws the failure's `tooLarge` beyond the limit. */
export async function readBody(
  response: Dispatcher.ResponseData,
  failure: RequestFailure,
  limitBytes = LIMIT_BODY_BYTES,
): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response.body as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > limitBytes) throw failure.tooLarge(limitBytes);
    chunks.push(chunk);
  }
  const bytes = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, length);
  if (response.headers['content-encoding'] !== 'gzip' || length === 0) return bytes;
  try {
    return await unzip(bytes, { maxOutputLength: limitBytes });
  } catch (error) {
    if (error instanceof RangeError) throw failure.tooLarge(limitBytes);
    throw failure.unreadable('its gzip cannot be unpacked');
  }
}
