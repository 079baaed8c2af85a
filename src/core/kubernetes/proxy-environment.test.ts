import { describe, expect, it } from 'vitest';
import { parseProxyUrl, portOf, proxyFromEnvironment, usesProxy } from './proxy-environment.ts';

function proxyOf(server: string, env: Record<string, string>): string | undefined {
  return proxyFromEnvironment(new URL(server), env)?.href;
}

describe('the proxy of the environment', () => {
  it('is that of the scheme, upper case before lower case, the empty one is none', () => {
    const env = { HTTPS_PROXY: 'http://s:1', https_proxy: 'http://other:1', HTTP_PROXY: '', http_proxy: 'http://p:2' };
    expect(proxyOf('https://k8s.example.com:6443', env)).toBe('http://s:1/');
    expect(proxyOf('http://k8s.example.com', env)).toBe('http://p:2/');
    expect(proxyOf('http://k8s.example.com', { HTTPS_PROXY: 'http://s:1' })).toBeUndefined();
  });

  it('is http when it names no scheme', () => {
    expect(proxyOf('https://k8s.example.com', { HTTPS_PROXY: 'proxy.corp:3128' })).toBe('http://proxy.corp:3128/');
    expect(parseProxyUrl('::::')).toBeUndefined();
  });

  it('is never used for this machine', () => {
    const env = { HTTPS_PROXY: 'http://s:1' };
    for (const host of ['localhost', '127.0.0.1', '127.8.9.10', '[::1]'])
      expect(proxyOf(`https://${host}:6443`, env)).toBeUndefined();
  });

  it('is switched off by NO_PROXY', () => {
    const env = { HTTPS_PROXY: 'http://s:1', no_proxy: 'example.com' };
    expect(proxyOf('https://k8s.example.com', env)).toBeUndefined();
    expect(proxyOf('https://k8s.example.org', env)).toBe('http://s:1/');
  });
});

describe('NO_PROXY, by the rules of Go', () => {
  it.each([
    ['*', 'anything.example', 443, false],
    ['example.com', 'example.com', 443, false],
    ['example.com', 'a.b.example.com', 443, false],
    ['example.com', 'badexample.com', 443, true],
    ['.example.com', 'a.example.com', 443, false],
    ['.example.com', 'example.com', 443, true],
    ['*.example.com', 'a.example.com', 443, false],
    ['*.example.com', 'example.com', 443, true],
    ['EXAMPLE.com', 'Example.COM.', 443, false],
    ['example.com:6443', 'example.com', 6443, false],
    ['example.com:6443', 'example.com', 443, true],
    ['10.0.0.0/8', '10.1.2.3', 443, false],
    ['10.0.0.0/8', '11.1.2.3', 443, true],
    ['10.0.0.0/8', '10.example.com', 443, true],
    ['10.0.0.1', '10.0.0.1', 443, false],
    ['10.0.0.1:6443', '10.0.0.1', 443, true],
    ['10.0.0.1', '10.0.0.2', 443, true],
    ['fd00::/8', 'fd00::1', 443, false],
    ['fd00:0:0::1', 'fd00::1', 443, false],
    ['[fd00::1]:6443', 'fd00::1', 6443, false],
    ['10.0.0.0/99', '10.0.0.1', 443, true],
    [' a.com , , b.com ', 'b.com', 443, false],
    ['', 'a.com', 443, true],
  ])('%j and %s:%d', (noProxy, host, port, uses) => {
    expect(usesProxy(host, port, noProxy)).toBe(uses);
  });
});

describe('the port of a URL', () => {
  it.each([
    ['https://a', 443],
    ['http://a', 80],
    ['https://a:6443', 6443],
    ['socks5://a', 1080],
  ])('%s is %d', (url, port) => {
    expect(portOf(new URL(url))).toBe(port);
  });
});
