import { Agent as HttpAgent, type IncomingMessage, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { bareHost, isLoopback } from '../kubernetes/proxy-environment.ts';
import { describeSocketFailure, errorCode } from '../kubernetes/socket-failure.ts';
import { systemAuthorities } from '../kubernetes/tls-material.ts';
import { RegistryFailure } from './registry-failure.ts';

const LIMIT_BYTES = 8_000_000;

export interface RegistryResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Uint8Array;
}

/** One GET to a registry; nothing else can be sent, no redirect is followed and nothing is added to the headers given. */
export interface RegistryRequest {
  /** @throws RegistryFailure when no whole answer comes; the signal's reason */
  get(url: URL, headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<RegistryResponse>;
  dispose(): void;
}

export interface RegistryRequestOptions {
  /** For HTTPS_PROXY, HTTP_PROXY and NO_PROXY. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** PEM authorities beside the system's. */
  readonly extraAuthorities?: readonly string[];
}

export function createRegistryRequest({ env, extraAuthorities = [] }: RegistryRequestOptions): RegistryRequest {
  const agents = new Map<string, HttpAgent | HttpsAgent>();
  /** One agent for each way: the system's certificates are read when the first registry is asked, not at the start. */
  const agentOf = ({ protocol, hostname }: URL): HttpAgent | HttpsAgent => {
    // As in Go, and so for the runtimes that pull the image: what is on the own machine is never proxied.
    const isLocal = hostname === 'localhost' || isLoopback(bareHost(hostname));
    const key = `${protocol} ${isLocal}`;
    const options = { keepAlive: true, ...(isLocal ? {} : { proxyEnv: env }) };
    const agent =
      agents.get(key) ??
      (protocol === 'https:'
        ? new HttpsAgent({ ...options, ca: [...systemAuthorities(), ...extraAuthorities] })
        : new HttpAgent(options));
    agents.set(key, agent);
    return agent;
  };
  return {
    get(url, headers, signal) {
      const agent = agentOf(url);
      const sent = { method: 'GET', headers: { 'user-agent': 'everynode', ...headers }, signal, agent };
      const { promise, resolve, reject } = Promise.withResolvers<RegistryResponse>();
      const fail = (error: unknown) => reject(signal.aborted ? signal.reason : unreachable(error, url));
      const answered = (incoming: IncomingMessage) => void readWhole(incoming, url).then(resolve, fail);
      const outgoing = url.protocol === 'https:' ? httpsRequest(url, sent, answered) : httpRequest(url, sent, answered);
      outgoing.on('error', fail);
      outgoing.end();
      return promise;
    },
    dispose() {
      for (const agent of agents.values()) agent.destroy();
    },
  };
}

async function readWhole(incoming: IncomingMessage, url: URL): Promise<RegistryResponse> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of incoming as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > LIMIT_BYTES) {
      incoming.destroy();
      throw new RegistryFailure(`The answer of ${url.host} is larger than ${LIMIT_BYTES / 1e6} MB.`, 'refused');
    }
    chunks.push(chunk);
  }
  return { status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(chunks) };
}

function unreachable(error: unknown, url: URL): RegistryFailure {
  if (error instanceof RegistryFailure) return error;
  const code = errorCode(error) ?? '';
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  if (code === 'ERR_PROXY_TUNNEL') {
    return new RegistryFailure(`The proxy does not lead to ${url.host} (${code}).`, 'unreachable', { cause: error });
  }
  const message = /CERT|SIGNED|ISSUER|_CA$|UNABLE_TO_VERIFY/.test(code)
    ? `The certificate of ${url.host} is not trusted on this machine (${code}).`
    : /SSL|EPROTO|TLS/.test(code)
      ? `${url.host} does not speak HTTPS (${code}).`
      : describeSocketFailure(error, 'The registry', url.hostname, port);
  return new RegistryFailure(message, 'unreachable', { cause: error });
}
