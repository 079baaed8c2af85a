import type { IncomingMessage } from 'node:http';
import { type Denial, denial } from './denial.ts';

export type JsonBody = { readonly value: unknown } | { readonly denial: Denial };

/** Reads a small JSON body: nothing but application/json, nothing over the limit. */
export async function readJsonBody(request: IncomingMessage, limitBytes: number): Promise<JsonBody> {
  const type = request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  if (type !== 'application/json') {
    return { denial: denial(415, 'ContractViolation', 'Only application/json is taken.') };
  }
  const tooLarge = { denial: denial(413, 'ContractViolation', `The body is over ${limitBytes} bytes.`) };
  if (Number(request.headers['content-length'] ?? 0) > limitBytes) return tooLarge;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limitBytes) return tooLarge;
    chunks.push(chunk);
  }
  try {
    return { value: JSON.parse(Buffer.concat(chunks).toString('utf8')) };
  } catch {
    return { denial: denial(400, 'ContractViolation', 'The body is not JSON.') };
  }
}
