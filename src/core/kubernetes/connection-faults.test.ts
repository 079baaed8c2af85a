import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { CertificateAuthority, selfSigned } from '../../../tests/fakes/certificates.ts';
import type { Certificate } from '../../../tests/fakes/certificates.ts';
import {
  anySignal,
  ConnectionFixture,
  failureOf,
  testAuthority,
  until,
} from '../../../tests/fakes/connection-fixture.ts';
import type { ConnectionWish } from '../../../tests/fakes/connection-fixture.ts';
import { FakeClock } from '../../../tests/fakes/fake-clock.ts';
import { replyJson, statusBody } from '../../../tests/fakes/scripted-api-server.ts';
import type { Script } from '../../../tests/fakes/scripted-api-server.ts';
import type { AppError } from '../../shared/errors/app-error.ts';
import { describeSocketFailure } from './socket-failure.ts';

const fixture = new ConnectionFixture();
afterEach(() => fixture.close());

const YEAR = 365 * 86_400_000;
const sayVersion: Script = (_request, reply) => replyJson(reply, 200, {});

async function failureAt(url: string, wish: ConnectionWish = {}, timeoutMs = 2000): Promise<AppError> {
  return failureOf(fixture.connect(url, wish).get({ path: '/version', signal: anySignal(), timeoutMs }));
}

/** The failure against a TLS server with this certificate. */
async function failureWith(tls: Certificate, wish: ConnectionWish = {}): Promise<AppError & { readonly port: number }> {
  const server = await fixture.server({ tls }, sayVersion);
  const error = await failureAt(`https://127.0.0.1:${server.port}`, wish);
  return Object.assign(error, { port: server.port });
}

/** A TCP server that does what `onSocket` says. */
async function rawServer(onSocket: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => socket.destroy()));
    onSocket(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  fixture.own({
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  });
  return (server.address() as AddressInfo).port;
}

describe('a server that cannot be reached', () => {
  it('is named when it refuses the connection', async () => {
    const port = await rawServer(() => undefined);
    await fixture.close();
    const error = await failureAt(`https://127.0.0.1:${port}`);
    expect(error.data).toMatchObject({ reason: 'Unreachable', contextName: 'test', retry: true });
    expect(error.message).toBe(
      `The API server at 127.0.0.1:${port} refuses the connection (ECONNREFUSED): nothing listens there.`,
    );
  });

  it('is named when DNS does not know it', () => {
    const unknown = Object.assign(new Error('getaddrinfo ENOTFOUND k8s.invalid'), { code: 'ENOTFOUND' });
    expect(describeSocketFailure(unknown, 'The API server', 'k8s.invalid', 6443)).toBe(
      'The API server cannot be found: no DNS entry for k8s.invalid (ENOTFOUND).',
    );
  });

  it('is named by the first cause when every address of a dual-stack name fails', () => {
    const refused = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
    const both = new AggregateError([refused, refused]);
    expect(describeSocketFailure(both, 'The API server', '::1', 6443)).toContain('[::1]:6443 refuses the connection');
  });

  it('ends within the time limit when it takes the connection and never shakes hands', async () => {
    const port = await rawServer(() => undefined);
    const error = await failureAt(`https://127.0.0.1:${port}`, { deps: { connectTimeoutMs: 60 } });
    expect(error.reason).toBe('Unreachable');
    expect(error.message).toBe(`The API server 127.0.0.1:${port} could not be connected to within 0.06 s.`);
  });

  it('ends within the time limit of the request when that is the shorter one', async () => {
    const port = await rawServer(() => undefined);
    const error = await failureAt(`https://127.0.0.1:${port}`, {}, 60);
    expect(error.message).toBe(`The API server 127.0.0.1:${port} did not answer within 0.06 s.`);
  });

  it('ends after 10 s when it takes a request and never answers', async () => {
    const server = await fixture.secureServer(() => undefined);
    const clock = new FakeClock();
    const connection = fixture.connect(`https://127.0.0.1:${server.port}`, { deps: { clock } });
    const failing = failureOf(connection.get({ path: '/version', signal: anySignal() }));
    await until(() => server.requests.length === 1);
    await clock.advance(9_999);
    expect(clock.pendingTimers).toBeGreaterThan(0);
    await clock.advance(1);
    expect((await failing).message).toBe(`The API server 127.0.0.1:${server.port} did not answer within 10 s.`);
    await connection.dispose();
    expect(clock.pendingTimers).toBe(0);
  });

  it('is named when it closes the connection in the handshake', async () => {
    const port = await rawServer((socket) => socket.once('data', () => socket.destroy()));
    const error = await failureAt(`https://127.0.0.1:${port}`);
    expect(error.message).toBe(
      `The API server at 127.0.0.1:${port} has closed the connection during the TLS handshake (ECONNRESET).`,
    );
  });

  it('is named when it closes the connection before it answers', async () => {
    const port = await rawServer((socket) => socket.once('data', () => socket.end()));
    const error = await failureAt(`http://127.0.0.1:${port}`);
    expect(error.message).toBe(`The API server 127.0.0.1:${port} closed the connection before it answered.`);
  });
});

describe('a certificate that does not hold', () => {
  it('has expired: the date is said', async () => {
    const notAfter = new Date('2024-02-29T12:00:00Z');
    const error = await failureWith(
      testAuthority.issue({
        commonName: 'api',
        names: ['127.0.0.1'],
        notBefore: new Date(notAfter.getTime() - YEAR),
        notAfter,
      }),
    );
    expect(error.reason).toBe('Unreachable');
    expect(error.message).toBe(
      `The certificate of the API server at 127.0.0.1:${error.port} has expired on 2024-02-29 (Feb 29 12:00:00 2024 GMT).`,
    );
  });

  it('is not valid yet', async () => {
    const notBefore = new Date(Date.now() + YEAR);
    const error = await failureWith(
      testAuthority.issue({
        commonName: 'api',
        names: ['127.0.0.1'],
        notBefore,
        notAfter: new Date(Date.now() + 2 * YEAR),
      }),
    );
    expect(error.message).toMatch(/is not valid before .* is this machine's clock right\?$/);
  });

  it('is for other names: they are listed', async () => {
    const error = await failureWith(testAuthority.issue({ commonName: 'api', names: ['k8s.example.com', '10.0.0.1'] }));
    expect(error.message).toBe(
      `The certificate of the API server at 127.0.0.1:${error.port} is not for "127.0.0.1", only for k8s.example.com, 10.0.0.1.`,
    );
  });

  it('is for the tls-server-name of the kubeconfig, which then counts', async () => {
    const tls = testAuthority.issue({ commonName: 'api', names: ['k8s.example.com'] });
    const server = await fixture.server({ tls }, sayVersion);
    const connection = fixture.connect(`https://127.0.0.1:${server.port}`, {
      cluster: { tlsServerName: 'k8s.example.com' },
    });
    expect((await connection.get({ path: '/version', signal: anySignal() })).status).toBe(200);
    const wrong = await failureAt(`https://127.0.0.1:${server.port}`, {
      cluster: { tlsServerName: 'other.example.com' },
    });
    expect(wrong.message).toContain('is not for "other.example.com", only for k8s.example.com.');
  });

  it('is signed by an unknown authority: it is named', async () => {
    const other = new CertificateAuthority('somebody-else');
    const error = await failureWith(other.issue({ commonName: 'api', names: ['127.0.0.1'] }));
    expect(error.message).toBe(
      `The certificate of the API server at 127.0.0.1:${error.port} is signed by an unknown authority ("somebody-else"): ` +
        'the certificate authority in the kubeconfig is another one.',
    );
  });

  it('is signed by an authority that only the kubeconfig could have named', async () => {
    const server = await fixture.secureServer(sayVersion);
    const context = { cluster: { certificateAuthorityData: undefined } } as unknown as ConnectionWish;
    const error = await failureAt(`https://127.0.0.1:${server.port}`, context);
    expect(error.message).toContain(
      'the kubeconfig names no certificate authority, and the system does not know this one.',
    );
  });

  it('is self-signed', async () => {
    const error = await failureWith(selfSigned({ commonName: 'minikube', names: ['127.0.0.1'] }));
    expect(error.message).toContain('is self-signed ("minikube") and not trusted');
  });

  it('is taken all the same with insecure-skip-tls-verify', async () => {
    const tls = selfSigned({ commonName: 'minikube', names: ['elsewhere'] });
    const server = await fixture.server({ tls }, sayVersion);
    const connection = fixture.connect(`https://127.0.0.1:${server.port}`, {
      cluster: { insecureSkipTlsVerify: true },
    });
    expect((await connection.get({ path: '/version', signal: anySignal() })).status).toBe(200);
  });

  it('of the user is refused by the server', async () => {
    const server = await fixture.server(
      {
        tls: testAuthority.issue({ commonName: 'api', names: ['127.0.0.1'] }),
        clientCa: testAuthority.cert,
        http2: false,
      },
      sayVersion,
    );
    const stranger = new CertificateAuthority('stranger').issue({ commonName: 'eve' });
    const user = { clientCertificateData: stranger.cert, clientKeyData: stranger.key };
    const error = await failureAt(`https://127.0.0.1:${server.port}`, { user });
    expect(error.message).toMatch(
      /does not accept the client certificate of this user \(TLS alert|closed the connection/,
    );
  });

  it('of the user does not belong to its key', async () => {
    const server = await fixture.secureServer(sayVersion);
    const user = {
      clientCertificateData: testAuthority.issue({ commonName: 'a' }).cert,
      clientKeyData: testAuthority.issue({ commonName: 'b' }).key,
    };
    const error = await failureAt(`https://127.0.0.1:${server.port}`, { user });
    expect(error.reason).toBe('KubeconfigInvalid');
    expect(error.message).toBe('The client certificate and the client key of this user do not belong together.');
  });

  it('of the authority is no PEM, or its file is missing', async () => {
    const server = await fixture.secureServer(sayVersion);
    const url = `https://127.0.0.1:${server.port}`;
    expect((await failureAt(url, { cluster: { certificateAuthorityData: 'nonsense' } })).message).toBe(
      'The certificate-authority in the kubeconfig is no PEM certificate.',
    );
    const missing = { cluster: { certificateAuthorityData: undefined, certificateAuthority: '/nowhere/ca.crt' } };
    expect((await failureAt(url, missing as unknown as ConnectionWish)).message).toBe(
      'The file of certificate-authority cannot be read: /nowhere/ca.crt (ENOENT).',
    );
  });
});

describe('a server that speaks something else', () => {
  it('is http where https is written', async () => {
    const server = await fixture.server({}, sayVersion);
    const error = await failureAt(`https://127.0.0.1:${server.port}`);
    expect(error.message).toBe(
      `The API server at 127.0.0.1:${server.port} does not speak TLS: the kubeconfig says https://, but is it a plain http server?`,
    );
  });

  it('is https where http is written (Go answers in words)', async () => {
    const server = await fixture.server({}, (_request, reply) => {
      reply.writeHead(400, { 'content-type': 'text/plain' });
      reply.end('Client sent an HTTP request to an HTTPS server.\n');
    });
    const error = await failureAt(`http://127.0.0.1:${server.port}`);
    expect(error.data).toMatchObject({
      reason: 'Unreachable',
      message: 'The server speaks HTTPS, but the kubeconfig says http:// for it.',
    });
  });

  it('is no HTTP server at all', async () => {
    const port = await rawServer((socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'));
    const error = await failureAt(`http://127.0.0.1:${port}`);
    expect(error.message).toBe(
      `The server 127.0.0.1:${port} does not answer in HTTP: the kubeconfig says http://, but is it an https server?`,
    );
  });

  it.each([200, 403, 502])('answers %d with a web page', async (status) => {
    const server = await fixture.server({}, (_request, reply) => {
      reply.writeHead(status, { 'content-type': 'text/html; charset=utf-8' });
      reply.end('<!doctype html><title>Sign in</title>');
    });
    const error = await failureAt(`http://127.0.0.1:${server.port}`);
    expect(error.message).toBe(
      `The server answered ${status} with a web page, not the Kubernetes API: is there a login page or proxy before it?`,
    );
  });

  it('redirects to a login page, whose address is said without its parameters', async () => {
    const server = await fixture.server({}, (_request, reply) => {
      reply.writeHead(302, { location: 'https://sso.example.com/login?state=SECRET' });
      reply.end();
    });
    const error = await failureAt(`http://127.0.0.1:${server.port}`);
    expect(error.message).toContain('redirects to https://sso.example.com (302)');
    expect(error.message).not.toContain('SECRET');
  });
});

describe('a server that says no', () => {
  it('answers 403 in its own words', async () => {
    const words =
      'daemonsets.apps is forbidden: User "jane" cannot list resource "daemonsets" in API group "apps" at the cluster scope';
    const server = await fixture.secureServer((_request, reply) =>
      replyJson(reply, 403, statusBody(403, 'Forbidden', words)),
    );
    const error = await failureAt(`https://127.0.0.1:${server.port}`);
    expect(error.data).toMatchObject({ reason: 'Forbidden', message: words, contextName: 'test', retry: false });
  });

  it('asks to wait, by header', async () => {
    const server = await fixture.server({}, (_request, reply) =>
      replyJson(reply, 429, statusBody(429, 'TooManyRequests', 'slow down'), { 'retry-after': '7' }),
    );
    const error = await failureAt(`http://127.0.0.1:${server.port}`);
    expect(error.data).toMatchObject({ reason: 'TooManyRequests', retryAfterSeconds: 7, retry: true });
  });
});

describe('the server of a kubeconfig', () => {
  it.each(['ftp://k8s.example.com', 'https://', 'http://[broken'])('%s is no URL that can be opened', (url) => {
    expect(() => fixture.connect(url)).toThrow(
      'The server of the cluster in the kubeconfig is not an http or https URL.',
    );
  });

  it('without a scheme is https when there is anything of TLS, else http', async () => {
    const secure = await fixture.secureServer(sayVersion);
    const plain = await fixture.server({}, sayVersion);
    const get = { path: '/version', signal: anySignal() };
    expect((await fixture.connect(`127.0.0.1:${secure.port}`).get(get)).status).toBe(200);
    const without = { cluster: { certificateAuthorityData: undefined } } as unknown as ConnectionWish;
    expect((await fixture.connect(`127.0.0.1:${plain.port}`, without).get(get)).status).toBe(200);
  });
});

describe('an identity that a connection cannot use', () => {
  it('needs an exec plugin, which is named and not run without a runner', async () => {
    const server = await fixture.secureServer(sayVersion);
    const user = { exec: { command: 'aws', args: ['eks', 'get-token'], env: [], file: '/home/me/.kube/config' } };
    const error = await failureAt(`https://127.0.0.1:${server.port}`, { user });
    expect(error.data).toMatchObject({
      reason: 'CredentialPluginFailed',
      message: 'The user needs the exec plugin "aws" to sign in, which Everynode does not run.',
      retry: false,
    });
    expect(server.requests).toHaveLength(0);
  });

  it('needs an auth provider', async () => {
    const error = await failureAt('https://127.0.0.1:1', { user: { authProvider: 'oidc' } });
    expect(error.message).toContain('the auth provider "oidc"');
  });
});

describe('a credential', () => {
  it('never stands in an error, also when the server repeats the request', async () => {
    const server = await fixture.secureServer((request, reply) => {
      replyJson(
        reply,
        400,
        statusBody(400, 'BadRequest', `bad header ${request.headers.authorization}`, {
          causes: [{ message: `${request.headers.authorization}` }],
        }),
      );
    });
    const client = testAuthority.issue({ commonName: 'jane' });
    const user = { token: 'very-secret-token', clientCertificateData: client.cert, clientKeyData: client.key };
    const error = await failureAt(`https://127.0.0.1:${server.port}`, { user });
    expect(error.message).toBe('bad header Bearer [redacted]');
    const everything = `${inspect(error, { depth: 10, showHidden: true })}${JSON.stringify(error.data)}${JSON.stringify(error)}${error.stack}`;
    expect(everything).not.toContain('very-secret-token');
    expect(everything).not.toContain(client.key.split('\n')[1]);
  });

  it('never stands in the chain of causes of a broken or silent connection', async () => {
    const server = await fixture.secureServer((request) => {
      if (request.url === '/cut') server.cut();
    });
    const user = { token: 'very-secret-token' };
    const connection = fixture.connect(`https://127.0.0.1:${server.port}`, { user });
    for (const path of ['/cut', '/silent']) {
      const error = await failureOf(connection.get({ path, signal: anySignal(), timeoutMs: 100 }));
      expect(error.reason).toBe('Unreachable');
      expect(inspect(error, { depth: 20, showHidden: true })).not.toContain('very-secret-token');
    }
  });
});
