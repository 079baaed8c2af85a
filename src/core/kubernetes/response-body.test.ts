import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import type { Dispatcher } from 'undici';
import { describe, expect, it } from 'vitest';
import { failureOf, textOf } from '../../../tests/fakes/connection-fixture.ts';
import { FakeClock } from '../../../tests/fakes/fake-clock.ts';
import { nodeFiles } from './file-reader.ts';
import { RequestCredentials } from './request-credentials.ts';
import { RequestFailure } from './request-failure.ts';
import { readBody } from './response-body.ts';

const failure = new RequestFailure({
  contextName: 'prod',
  server: new URL('https://k8s.example.com'),
  writes: false,
  timeoutMs: 10_000,
  credentials: new RequestCredentials({}, nodeFiles, new FakeClock()),
});

function aResponse(chunks: readonly Buffer[], headers: Record<string, string> = {}): Dispatcher.ResponseData {
  return { statusCode: 200, headers, body: Readable.from(chunks) } as unknown as Dispatcher.ResponseData;
}

describe('the body of an answer', () => {
  it('is joined from its chunks', async () => {
    expect(textOf(await readBody(aResponse([Buffer.from('ab'), Buffer.from('cd')]), failure))).toBe('abcd');
    expect(await readBody(aResponse([]), failure)).toHaveLength(0);
  });

  it('is refused beyond the limit, packed or unpacked', async () => {
    const big = Buffer.alloc(3 * 1024 * 1024, 'x');
    const plain = await failureOf(readBody(aResponse([big, big]), failure, 4 * 1024 * 1024));
    expect(plain.data).toMatchObject({
      message: 'The answer of the API server is larger than 4 MB.',
      contextName: 'prod',
    });
    const packed = aResponse([gzipSync(Buffer.concat([big, big]))], { 'content-encoding': 'gzip' });
    expect((await failureOf(readBody(packed, failure, 4 * 1024 * 1024))).message).toContain('larger than 4 MB');
  });

  it('is told to be unreadable when its gzip is none', async () => {
    const error = await failureOf(
      readBody(aResponse([Buffer.from('not gzip')], { 'content-encoding': 'gzip' }), failure),
    );
    expect(error.message).toBe('The answer of k8s.example.com cannot be read: its gzip cannot be unpacked.');
  });
});
