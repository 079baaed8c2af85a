import { describe, expect, it } from 'vitest';
import { ConnectFailure } from './connect-failure.ts';
import { Secret } from './credentials.ts';
import { routeOf } from './dial.ts';
import type { Route } from './dial.ts';
import { proxyAuthorization } from './proxy-connect.ts';

function route(
  proxyUrl: string | undefined,
  env: Record<string, string> = {},
  server = 'https://k8s.example.com',
): string {
  const cluster = {
    server,
    insecureSkipTlsVerify: false,
    ...(proxyUrl === undefined ? {} : { proxyUrl: new Secret(proxyUrl) }),
  };
  return words(routeOf(cluster, new URL(server), env));
}

function words(found: Route): string {
  return found.kind === 'direct' ? 'direct' : `${found.kind} ${found.proxy.href}`;
}

describe('the way to an API server', () => {
  it('is direct when nobody names a proxy', () => {
    expect(route(undefined)).toBe('direct');
    expect(route(undefined, { HTTPS_PROXY: '', HTTP_PROXY: 'http://p:1' })).toBe('direct');
  });

  it('is through the proxy-url of the kubeconfig, whatever the environment says', () => {
    const env = { HTTPS_PROXY: 'http://other:1', NO_PROXY: '*' };
    expect(route('http://p:3128', env)).toBe('http http://p:3128/');
    expect(route('https://p', env)).toBe('http https://p/');
    expect(route('socks5://p:1080', env)).toBe('socks5 socks5://p:1080');
    expect(route('socks5h://p', env)).toBe('socks5 socks5h://p');
    expect(route('http://p:3128', {}, 'https://127.0.0.1:6443')).toBe('http http://p:3128/');
  });

  it('is through the proxy of the environment, which may be SOCKS too', () => {
    expect(route(undefined, { HTTPS_PROXY: 'http://p:1' })).toBe('http http://p:1/');
    expect(route(undefined, { https_proxy: 'socks5://p:1' })).toBe('socks5 socks5://p:1');
    expect(route(undefined, { HTTPS_PROXY: 'http://p:1', NO_PROXY: '.example.com' })).toBe('direct');
  });

  it.each(['gopher://p', 'socks4://p'])('is not through %s', (proxyUrl) => {
    expect(() => route(proxyUrl)).toThrow(ConnectFailure);
    expect(() => route(proxyUrl)).toThrow('are not supported; http, https and socks5 are.');
  });

  it('is not through what is no URL, which is not repeated', () => {
    expect(() => route('http://me:secret@')).toThrow('The proxy-url of the kubeconfig is not a URL.');
  });
});

describe('the user of a proxy', () => {
  it('is unescaped into the header', () => {
    expect(proxyAuthorization(new URL('http://me:p%40%3A@p'))).toBe(
      `Basic ${Buffer.from('me:p@:').toString('base64')}`,
    );
    expect(proxyAuthorization(new URL('http://me@p'))).toBe(`Basic ${Buffer.from('me:').toString('base64')}`);
    expect(proxyAuthorization(new URL('http://p'))).toBeUndefined();
  });
});
