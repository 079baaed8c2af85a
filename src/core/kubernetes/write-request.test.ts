import { afterEach, describe, expect, it } from 'vitest';
import { anySignal, ConnectionFixture, failureOf, textOf, until } from '../../../tests/fakes/connection-fixture.ts';
import { FakeClock } from '../../../tests/fakes/fake-clock.ts';
import { replyJson, statusBody } from '../../../tests/fakes/scripted-api-server.ts';
import type { ApiRequest } from '../../../tests/fakes/scripted-api-server.ts';
import type { WriteRequest } from './api-connection.ts';
import { sendWrite } from './write-request.ts';

const fixture = new ConnectionFixture();
afterEach(() => fixture.close());

function patch(more: Partial<WriteRequest> = {}): WriteRequest {
  return {
    method: 'PATCH',
    path: '/apis/apps/v1/namespaces/kube-system/daemonsets/node-exporter',
    query: { dryRun: 'All', fieldManager: 'everynode' },
    contentType: 'application/json-patch+json',
    body: '[{"op":"test","path":"/metadata/uid","value":"ü"}]',
    signal: anySignal(),
    ...more,
  };
}

async function bodyOf(request: ApiRequest): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

describe.each([
  { name: 'HTTP/2', http2: true },
  { name: 'HTTP/1.1', http2: false },
])('a write over $name', ({ http2 }) => {
  it('sends its method, query, content type and body, and answers with body and warnings', async () => {
    const bodies: Promise<string>[] = [];
    const server = await fixture.secureServer((request, reply) => {
      bodies.push(bodyOf(request));
      replyJson(reply, 200, { kind: 'DaemonSet' }, { warning: '299 - "unknown field"' });
    }, http2);
    const answer = await sendWrite(fixture.connect(`https://127.0.0.1:${server.port}`), patch());
    const [request] = server.requests;
    expect(request?.method).toBe('PATCH');
    expect(request?.url).toBe(
      '/apis/apps/v1/namespaces/kube-system/daemonsets/node-exporter?dryRun=All&fieldManager=everynode',
    );
    expect(request?.headers['content-type']).toBe('application/json-patch+json');
    expect(await bodies[0]).toBe(patch().body);
    expect(textOf(answer.body)).toBe('{"kind":"DaemonSet"}');
    expect(answer.warnings).toEqual(['unknown field']);
  });

  it('is refused with the fields that the server names', async () => {
    const details = { causes: [{ reason: 'FieldValueRequired', message: 'Required value', field: 'spec.selector' }] };
    const server = await fixture.secureServer(
      (_request, reply) => replyJson(reply, 422, statusBody(422, 'Invalid', 'DaemonSet "x" is invalid', details)),
      http2,
    );
    const error = await failureOf(sendWrite(fixture.connect(`https://127.0.0.1:${server.port}`), patch()));
    expect(error.data).toMatchObject({
      reason: 'Invalid',
      causes: [{ path: 'spec.selector', message: 'Required value' }],
    });
  });

  it('is sent once, and its outcome is unknown, when the connection breaks before the reply', async () => {
    const server = await fixture.secureServer(() => server.cut(), http2);
    const error = await failureOf(sendWrite(fixture.connect(`https://127.0.0.1:${server.port}`), patch()));
    expect(error.data).toMatchObject({ reason: 'OutcomeUnknown', contextName: 'test', retry: false });
    expect(error.message).toContain('the connection broke before the answer came: whether it was made is not known.');
    expect(server.requests).toHaveLength(1);
  });

  it('has an unknown outcome when the reply is cut in the middle', async () => {
    const server = await fixture.secureServer((_request, reply) => {
      reply.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
      reply.write('{"kind":');
      setTimeout(() => server.cut(), 5);
    }, http2);
    const error = await failureOf(sendWrite(fixture.connect(`https://127.0.0.1:${server.port}`), patch()));
    expect(error.reason).toBe('OutcomeUnknown');
  });

  it('has an unknown outcome when no reply comes in time', async () => {
    const server = await fixture.secureServer(() => undefined, http2);
    const clock = new FakeClock();
    const connection = fixture.connect(`https://127.0.0.1:${server.port}`, { deps: { clock } });
    const sending = failureOf(sendWrite(connection, patch({ timeoutMs: 50 })));
    await until(() => server.requests.length === 1);
    await clock.advance(50);
    const error = await sending;
    expect(error.reason).toBe('OutcomeUnknown');
    expect(error.message).toContain('no answer came within 0.05 s');
  });

  it('has an unknown outcome when the user cancels after it was sent', async () => {
    const server = await fixture.secureServer(() => undefined, http2);
    const controller = new AbortController();
    const sending = failureOf(
      sendWrite(fixture.connect(`https://127.0.0.1:${server.port}`), patch({ signal: controller.signal })),
    );
    await until(() => server.requests.length === 1);
    controller.abort();
    expect((await sending).reason).toBe('OutcomeUnknown');
  });

  it('is sent again only after a 401, which changed nothing, with a newer token', async () => {
    const server = await fixture.secureServer((request, reply) => {
      if (request.headers.authorization === 'Bearer new') replyJson(reply, 200, {});
      else replyJson(reply, 401, statusBody(401, 'Unauthorized', 'Unauthorized'));
    }, http2);
    let token = 'old';
    const files = {
      read: async () => Buffer.from(token),
      version: async () => token,
      size: async () => token.length,
    };
    const connection = fixture.connect(`https://127.0.0.1:${server.port}`, {
      user: { tokenFile: '/run/token' },
      deps: { files },
    });
    expect((await failureOf(sendWrite(connection, patch()))).reason).toBe('Unauthorized');
    expect(server.requests).toHaveLength(1);
    token = 'new';
    expect((await sendWrite(connection, patch())).status).toBe(200);
    expect(server.requests).toHaveLength(3);
  });
});

describe('a write of which nothing was sent', () => {
  it('is Unreachable, so that it may be repeated', async () => {
    const server = await fixture.secureServer(() => undefined);
    const { port } = server;
    await fixture.close();
    const error = await failureOf(sendWrite(fixture.connect(`https://127.0.0.1:${port}`), patch()));
    expect(error.data).toMatchObject({ reason: 'Unreachable', retry: true });
    expect(error.message).toContain('ECONNREFUSED');
  });

  it('is Cancelled when it was cancelled before', async () => {
    const server = await fixture.secureServer(() => undefined);
    const connection = fixture.connect(`https://127.0.0.1:${server.port}`);
    const error = await failureOf(sendWrite(connection, patch({ signal: AbortSignal.abort() })));
    expect(error.reason).toBe('Cancelled');
    expect(server.requests).toHaveLength(0);
  });
});
