import { connect, createServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hearHttp2StreamErrors } from './http2-stream-errors.ts';

const server = createServer();
beforeEach(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterEach(() => new Promise<void>((resolve) => server.close(() => resolve())));

describe('an HTTP/2 stream that nobody listens to any more', () => {
  it('may fail without ending the process', async () => {
    hearHttp2StreamErrors();
    hearHttp2StreamErrors();
    const session = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    session.on('error', () => undefined);
    const stream = session.request({ ':path': '/' });
    expect(stream.listenerCount('error')).toBe(1);
    const closed = new Promise((resolve) => stream.once('close', resolve));
    session.destroy(new Error('the client is destroyed'));
    await closed;
    expect(stream.destroyed).toBe(true);
  });
});
