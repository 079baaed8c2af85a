import { afterEach, describe, expect, it } from 'vitest';
import {
  anySignal,
  ConnectionFixture,
  failureOf,
  serverCertificate,
  testAuthority,
  until,
} from '../../../tests/fakes/connection-fixture.ts';
import type { ConnectionWish } from '../../../tests/fakes/connection-fixture.ts';
import { HttpProxy } from '../../../tests/fakes/http-proxy.ts';
import { replyJson } from '../../../tests/fakes/scripted-api-server.ts';
import type { Script } from '../../../tests/fakes/scripted-api-server.ts';
import { Socks5Proxy } from '../../../tests/fakes/socks5-proxy.ts';
import type { Socks5Options } from '../../../tests/fakes/socks5-proxy.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { Secret } from './credentials.ts';

const fixture = new ConnectionFixture();
afterEach(() => fixture.close());

const sayVersion: Script = (_request, reply) => replyJson(reply, 200, {});
const version = { path: '/version', signal: anySignal(), timeoutMs: 2000 };

async function aProxy(tls = false): Promise<HttpProxy> {
  return fixture.own(await HttpProxy.start(tls ? serverCertificate : undefined));
}

async function aSocksProxy(options?: Socks5Options): Promise<Socks5Proxy> {
  return fixture.own(await Socks5Proxy.start(options));
}

function through(proxyUrl: string, more: ConnectionWish = {}): ConnectionWish {
  return { ...more, cluster: { ...more.cluster, proxyUrl: new Secret(proxyUrl) } };
}

describe('an http proxy of the kubeconfig', () => {
  it('tunnels TLS, also to this machine, and the tunnel is used again', async () => {
    const server = await fixture.secureServer(sayVersion);
    const proxy = await aProxy();
    const connection = fixture.connect(`https://127.0.0.1:${server.port}`, through(`http://127.0.0.1:${proxy.port}`));
    await connection.get(version);
    expect((await connection.get(version)).status).toBe(200);
    expect(connection.httpVersion).toBe('2');
    expect(proxy.asked).toEqual([`CONNECT 127.0.0.1:${server.port}`]);
  });

  it('hears the user of its URL, and nobody else does', async () => {
    const server = await fixture.secureServer(sayVersion);
    const proxy = await aProxy();
    const connection = fixture.connect(
      `https://127.0.0.1:${server.port}`,
      through(`http://me:p%40ss@127.0.0.1:${proxy.port}`),
    );
    await connection.get(version);
    expect(proxy.authorizations).toEqual([`Basic ${Buffer.from('me:p@ss').toString('base64')}`]);
    expect(server.requests[0]?.headers['proxy-authorization']).toBeUndefined();
  });

  it('speaks TLS itself', async () => {
    const server = await fixture.secureServer(sayVersion);
    const proxy = await aProxy(true);
    const connection = fixture.connect(`https://127.0.0.1:${server.port}`, through(`https://localhost:${proxy.port}`));
    expect((await connection.get(version)).status).toBe(200);
    expect(proxy.asked).toEqual([`CONNECT 127.0.0.1:${server.port}`]);
  });

  it('forwards plain http, with the user for the proxy alone', async () => {
    const server = await fixture.server({}, sayVersion);
    const proxy = await aProxy();
    const connection = fixture.connect(
      `http://127.0.0.1:${server.port}/k8s`,
      through(`http://me:pw@127.0.0.1:${proxy.port}`),
    );
    expect((await connection.get({ ...version, query: { limit: '1' } })).status).toBe(200);
    expect(proxy.asked).toEqual([`GET http://127.0.0.1:${server.port}/k8s/version?limit=1`]);
    expect(proxy.authorizations[0]).toMatch(/^Basic /);
    expect(server.requests[0]?.url).toBe('/k8s/version?limit=1');
  });

  it.each([
    ['403 Forbidden', 'refuses a connection to', '(403 Forbidden).'],
    ['502 Bad Gateway', 'refuses a connection to', '(502 Bad Gateway).'],
    ['407 Proxy Authentication Required', 'asks for a user name and password', '(407 Proxy Authentication Required).'],
  ])('refuses with %s', async (refusal, words, end) => {
    const proxy = await aProxy();
    proxy.refusal = refusal;
    const wish = through(`http://me:hidden-word@127.0.0.1:${proxy.port}`);
    const error = await failureOf(fixture.connect('https://k8s.example.com:6443', wish).get(version));
    expect(error.reason).toBe('Unreachable');
    expect(error.message).toContain(`The proxy 127.0.0.1:${proxy.port} ${words}`);
    expect(error.message.endsWith(end)).toBe(true);
    expect(error.message).not.toContain('hidden-word');
  });

  it('is named when it cannot be reached, or is no proxy', async () => {
    const proxy = await aProxy();
    const port = proxy.port;
    await fixture.close();
    const wish = through(`http://127.0.0.1:${port}`);
    const refused = await failureOf(fixture.connect('https://k8s.example.com', wish).get(version));
    expect(refused.message).toBe(
      `The proxy at 127.0.0.1:${port} refuses the connection (ECONNREFUSED): nothing listens there.`,
    );
    const notHttp = await aSocksProxy();
    const error = await failureOf(
      fixture.connect('https://k8s.example.com', through(`http://127.0.0.1:${notHttp.port}`)).get(version),
    );
    expect(error.message).toContain(`The proxy 127.0.0.1:${notHttp.port}`);
  });

  it('leaves no socket behind', async () => {
    const server = await fixture.secureServer(sayVersion);
    const proxy = await aProxy();
    const connection = fixture.connect(`https://127.0.0.1:${server.port}`, through(`http://127.0.0.1:${proxy.port}`));
    await connection.get(version);
    await connection.dispose();
    await until(() => proxy.openSockets === 0 && server.openSockets === 0);
    expect(proxy.openSockets).toBe(0);
  });
});

describe('a SOCKS 5 proxy', () => {
  it('tunnels, looks the name up itself and takes a user', async () => {
    const server = await fixture.secureServer(sayVersion);
    const proxy = await aSocksProxy({ user: { name: 'me', password: 'p:w' } });
    const url = `socks5://me:p%3Aw@127.0.0.1:${proxy.port}`;
    const connection = fixture.connect(`https://localhost:${server.port}`, through(url));
    expect((await connection.get(version)).status).toBe(200);
    expect(proxy.asked).toEqual([`localhost:${server.port}`]);
  });

  it('tunnels plain http too', async () => {
    const server = await fixture.server({}, sayVersion);
    const proxy = await aSocksProxy();
    const connection = fixture.connect(`http://127.0.0.1:${server.port}`, through(`socks5://127.0.0.1:${proxy.port}`));
    expect((await connection.get(version)).status).toBe(200);
  });

  it.each<[Socks5Options, string, string]>([
    [{ refusal: 2 }, '', 'refuses a connection to k8s.example.com:443 (SOCKS 5: not allowed by its rules).'],
    [{ refusal: 5 }, '', 'refuses a connection to k8s.example.com:443 (SOCKS 5: connection refused).'],
    [{ user: { name: 'a', password: 'b' } }, '', 'asks for a user name and password (SOCKS 5).'],
    [{ user: { name: 'a', password: 'b' } }, 'a:wrong@', 'does not accept its user name and password (SOCKS 5).'],
  ])('that answers %o is told with its reason', async (options, user, words) => {
    const proxy = await aSocksProxy(options);
    const wish = through(`socks5://${user}127.0.0.1:${proxy.port}`);
    const error = await failureOf(fixture.connect('https://k8s.example.com', wish).get(version));
    expect(error.message).toBe(`The proxy 127.0.0.1:${proxy.port} ${words}`);
  });
});

describe('a proxy of the environment', () => {
  it('is used for a server elsewhere', async () => {
    const proxy = await aProxy();
    proxy.refusal = '403 Forbidden';
    const env = { https_proxy: `http://127.0.0.1:${proxy.port}` };
    await failureOf(fixture.connect('https://k8s.example.com', { deps: { env } }).get(version));
    expect(proxy.asked).toEqual(['CONNECT k8s.example.com:443']);
  });

  it('is not used for this machine', async () => {
    const server = await fixture.secureServer(sayVersion);
    const proxy = await aProxy();
    const deps = { env: { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` } };
    await fixture.connect(`https://127.0.0.1:${server.port}`, { deps }).get(version);
    expect(proxy.asked).toEqual([]);
  });
});

describe('a proxy-url that is of no use', () => {
  it.each([
    ['ftp://127.0.0.1:21', 'Proxies of the kind ftp:// are not supported; http, https and socks5 are.'],
    ['http://', 'The proxy-url of the kubeconfig is not a URL.'],
  ])('%s is refused when the context is opened', (proxyUrl, words) => {
    const open = () => fixture.connect('https://k8s.example.com', through(proxyUrl));
    expect(open).toThrow(AppError);
    expect(open).toThrow(words);
  });
});

describe('the certificate authority of the kubeconfig', () => {
  it("vouches for an https proxy too, whose wrong name is told as the proxy's", async () => {
    const proxy = fixture.own(
      await HttpProxy.start(testAuthority.issue({ commonName: 'p', names: ['proxy.example.com'] })),
    );
    const error = await failureOf(
      fixture.connect('https://k8s.example.com', through(`https://127.0.0.1:${proxy.port}`)).get(version),
    );
    expect(error.message).toBe(
      `The certificate of the proxy at 127.0.0.1:${proxy.port} is not for "127.0.0.1", only for proxy.example.com.`,
    );
  });
});
