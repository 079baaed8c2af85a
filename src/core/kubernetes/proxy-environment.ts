import { BlockList, isIP } from 'node:net';

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy that the environment asks for, or undefined.
 * The rule is Go's golang.org/x/net/http/httpproxy (v0.40), which kubectl uses: upper case before lower case, loopback is never proxied.
 */
export function proxyFromEnvironment(server: URL, env: Environment): URL | undefined {
  const secure = server.protocol === 'https:';
  const value = (secure ? env['HTTPS_PROXY'] || env['https_proxy'] : env['HTTP_PROXY'] || env['http_proxy'])?.trim();
  if (!value) return undefined;
  const noProxy = env['NO_PROXY'] || env['no_proxy'] || '';
  if (!usesProxy(bareHost(server.hostname), portOf(server), noProxy)) return undefined;
  return parseProxyUrl(value);
}

/** A proxy URL without a scheme is http, as in Go. Undefined when it is none. */
export function parseProxyUrl(value: string): URL | undefined {
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`;
  const url = URL.parse(withScheme);
  return url && url.hostname !== '' ? url : undefined;
}

/** Whether NO_PROXY leaves this host to the proxy. */
export function usesProxy(host: string, port: number, noProxy: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, '');
  if (name === 'localhost' || isLoopback(name)) return false;
  for (const raw of noProxy.split(',')) {
    const rule = raw.trim().toLowerCase();
    if (rule === '') continue;
    if (rule === '*') return false;
    if (matches(rule, name, port)) return false;
  }
  return true;
}

function matches(rule: string, host: string, port: number): boolean {
  if (rule.includes('/')) return inNetwork(rule, host);
  const { name, port: rulePort } = splitPort(rule);
  if (name === '' || (rulePort !== undefined && rulePort !== port)) return false;
  if (isIP(name) !== 0) return isIP(host) !== 0 && sameAddress(name, host);
  if (name.startsWith('*.')) return host.endsWith(name.slice(1));
  if (name.startsWith('.')) return host.endsWith(name);
  return host === name || host.endsWith(`.${name}`);
}

function splitPort(rule: string): { readonly name: string; readonly port: number | undefined } {
  if (isIP(rule) === 6) return { name: rule, port: undefined };
  const found = /^(.*?)(?::(\d+))?$/.exec(rule);
  const name = (found?.[1] ?? rule).replace(/^\[(.*)\]$/, '$1');
  return { name, port: found?.[2] === undefined ? undefined : Number(found[2]) };
}

function inNetwork(rule: string, host: string): boolean {
  const [address = '', bits = ''] = rule.split('/');
  const family = isIP(address);
  if (family === 0 || !/^\d{1,3}$/.test(bits) || Number(bits) > (family === 4 ? 32 : 128) || isIP(host) !== family)
    return false;
  const network = new BlockList();
  network.addSubnet(address, Number(bits), family === 4 ? 'ipv4' : 'ipv6');
  return network.check(host, family === 4 ? 'ipv4' : 'ipv6');
}

function sameAddress(a: string, b: string): boolean {
  const family = isIP(a);
  if (family !== isIP(b)) return false;
  const one = new BlockList();
  one.addAddress(a, family === 4 ? 'ipv4' : 'ipv6');
  return one.check(b, family === 4 ? 'ipv4' : 'ipv6');
}

export function isLoopback(host: string): boolean {
  const family = isIP(host);
  if (family === 0) return false;
  return family === 4 ? host.startsWith('127.') : sameAddress('::1', host);
}

/** A URL's host name without the brackets of IPv6. */
export function bareHost(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}

export function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port);
  switch (url.protocol) {
    case 'https:':
      return 443;
    case 'socks5:':
    case 'socks5h:':
      return 1080;
    default:
      return 80;
  }
}
