import type { Socket } from 'node:net';
import { ConnectFailure } from './connect-failure.ts';
import { bareHost, parseProxyUrl, portOf, proxyFromEnvironment } from './proxy-environment.ts';
import type { Environment } from './proxy-environment.ts';
import { connectThroughHttpProxy } from './proxy-connect.ts';
import { connectThroughSocks5 } from './proxy-socks5.ts';
import type { ClusterFacts } from './resolved-context.ts';
import { connectTcp } from './tcp-socket.ts';
import type { DialScope } from './tcp-socket.ts';
import type { TlsMaterial } from './tls-material.ts';
import { connectTls } from './tls-socket.ts';

/** How the sockets of a context get to its API server. */
export type Route =
  | { readonly kind: 'direct' }
  /** By CONNECT; plain http is forwarded by the proxy instead, with the whole URL as the request's target. */
  | { readonly kind: 'http'; readonly proxy: URL }
  | { readonly kind: 'socks5'; readonly proxy: URL };

/**
 * proxy-url of the kubeconfig, else what the environment says. Throws ConnectFailure when the URL is none or its scheme is not spoken.
 * Schemes: client-go tools/clientcmd/client_config.go (1.37) takes http, https and socks5.
 */
export function routeOf(cluster: ClusterFacts, server: URL, env: Environment): Route {
  const proxy =
    cluster.proxyUrl === undefined ? proxyFromEnvironment(server, env) : parseProxyUrl(cluster.proxyUrl.reveal());
  if (!proxy) {
    if (cluster.proxyUrl === undefined) return { kind: 'direct' };
    throw new ConnectFailure('The proxy-url of the kubeconfig is not a URL.', {
      reason: 'KubeconfigInvalid',
      retry: false,
    });
  }
  switch (proxy.protocol) {
    case 'http:':
    case 'https:':
      return { kind: 'http', proxy };
    case 'socks5:':
    case 'socks5h:':
      return { kind: 'socks5', proxy };
    default:
      throw new ConnectFailure(
        `Proxies of the kind ${proxy.protocol}// are not supported; http, https and socks5 are.`,
        {
          reason: 'KubeconfigInvalid',
          retry: false,
        },
      );
  }
}

export interface DialTarget {
  readonly server: URL;
  readonly cluster: ClusterFacts;
  readonly route: Route;
  readonly tls: TlsMaterial | undefined;
  readonly alpnProtocols: readonly string[];
  readonly now: () => number;
}

/** One socket to the API server, ready for HTTP. Throws ConnectFailure with the exact cause. */
export async function dial(target: DialTarget, scope: DialScope): Promise<Socket> {
  const { server } = target;
  const host = bareHost(server.hostname);
  const port = portOf(server);
  const socket = await tunnel(target, { host, port }, scope);
  if (server.protocol !== 'https:' || !target.tls) return socket;
  return connectTls(
    socket,
    {
      what: 'The API server',
      host,
      port,
      serverName: target.cluster.tlsServerName,
      ...target.tls,
      insecureSkipTlsVerify: target.cluster.insecureSkipTlsVerify,
      alpnProtocols: target.alpnProtocols,
      now: target.now,
    },
    scope,
  );
}

async function tunnel(
  target: DialTarget,
  to: { readonly host: string; readonly port: number },
  scope: DialScope,
): Promise<Socket> {
  const { route } = target;
  if (route.kind === 'direct') return connectTcp(to.host, to.port, 'The API server', scope);
  const host = bareHost(route.proxy.hostname);
  const port = portOf(route.proxy);
  const socket = await connectTcp(host, port, 'The proxy', scope);
  if (route.kind === 'socks5') {
    await connectThroughSocks5(socket, route.proxy, to, scope.signal);
    return socket;
  }
  const spoken = route.proxy.protocol === 'https:' ? await tlsToProxy(socket, host, port, target, scope) : socket;
  if (target.server.protocol === 'https:') await connectThroughHttpProxy(spoken, route.proxy, to, scope.signal);
  return spoken;
}

async function tlsToProxy(
  socket: Socket,
  host: string,
  port: number,
  target: DialTarget,
  scope: DialScope,
): Promise<Socket> {
  if (!target.tls) throw new ConnectFailure('The TLS of the proxy could not be set up.');
  return connectTls(
    socket,
    {
      what: 'The proxy',
      host,
      port,
      serverName: undefined,
      secureContext: target.tls.proxyContext(),
      hasOwnAuthority: target.tls.hasOwnAuthority,
      insecureSkipTlsVerify: target.cluster.insecureSkipTlsVerify,
      alpnProtocols: ['http/1.1'],
      now: target.now,
    },
    scope,
  );
}
