import { createServer } from 'node:http';
import { createSecureServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { CertificateAuthority } from '../tests/fakes/certificates.ts';
import type { ApiReply, ApiRequest } from '../tests/fakes/scripted-api-server.ts';
import { nodeObject } from './storm-node.ts';
import { podObject, STORM, stormDaemonSet, type StormPod } from './storm-pod.ts';
import { StormWorld } from './storm-world.ts';

/** An API server in a process of its own that sends as many watch events a second as it is told to. */

export type StormOrder =
  | { readonly do: 'modify' | 'replace'; readonly perSecond: number; readonly seconds: number }
  | { readonly do: 'state' };

export type StormAnswer =
  /** `ca` (PEM) when it speaks HTTP/2 over TLS. */
  | { readonly port: number; readonly ca?: string }
  | { readonly sent: number; readonly tookMs: number }
  | { readonly versions: Readonly<Record<string, string>> };

const TICK_MS = 20;
const world = new StormWorld(Number(process.argv[2] ?? 5000));
const watchers = new Set<ApiReply>();

function answer(request: ApiRequest, reply: ApiReply): void {
  const url = new URL(request.url ?? '/', 'http://storm');
  const json = (body: unknown, status = 200) => {
    reply.writeHead(status, { 'content-type': 'application/json' });
    reply.end(JSON.stringify(body));
  };
  const path = url.pathname;
  if (path === '/version') return json({ major: '1', minor: '37', gitVersion: 'v1.37.2' });
  if (path.endsWith('/selfsubjectreviews')) return json({ status: { userInfo: { username: 'bench' } } }, 201);
  if (path.endsWith('/selfsubjectaccessreviews')) return json({ status: { allowed: true } }, 201);
  const isPods = path === `/api/v1/namespaces/${STORM.namespace}/pods`;
  if (url.searchParams.has('watch')) return watch(reply, isPods ? url.searchParams.get('resourceVersion') : null);
  if (isPods) return json(pageOf(url.searchParams, 'PodList', podObject));
  if (path === '/api/v1/nodes')
    return json(pageOf(url.searchParams, 'NodeList', ({ node }, index) => nodeObject(node, index)));
  if (path.endsWith(`/daemonsets/${STORM.name}`)) return json(stormDaemonSet(world.pods.length));
  const items = path.endsWith('/daemonsets') ? [stormDaemonSet(world.pods.length)] : [];
  return json({ kind: 'List', apiVersion: 'v1', metadata: { resourceVersion: world.version }, items });
}

/** Of pods when it is from a version; whatever else is watched never changes. */
function watch(reply: ApiReply, version: string | null): void {
  reply.writeHead(200, { 'content-type': 'application/json' });
  // An empty line sends the head, and is no event.
  reply.write(version === null ? '\n' : `${world.since(version)}\n`);
  if (version === null) return;
  watchers.add(reply);
  reply.on('close', () => watchers.delete(reply));
}

/** Pages without a version of their own: nothing changes while the benchmark lists. */
function pageOf(query: URLSearchParams, kind: string, objectOf: (pod: StormPod, index: number) => unknown) {
  const from = Number(query.get('continue') ?? 0);
  const until = from + Number(query.get('limit') ?? world.pods.length);
  const rest = world.pods.length - until;
  const more = rest > 0 ? { continue: String(until), remainingItemCount: rest } : {};
  const items = world.pods.slice(from, until).map((pod, at) => objectOf(pod, from + at));
  return { kind, apiVersion: 'v1', metadata: { resourceVersion: world.version, ...more }, items };
}

/** Sends in ticks, and catches up when one was late. */
function storm({ do: kind, perSecond, seconds }: Extract<StormOrder, { readonly seconds: number }>): void {
  const total = perSecond * seconds;
  const startedAt = performance.now();
  let sent = 0;
  const timer = setInterval(() => {
    const due = Math.min(total, Math.floor(((performance.now() - startedAt) / 1000) * perSecond));
    const lines = kind === 'modify' ? world.modify(due - sent, new Date()) : world.replace(due - sent);
    sent = due;
    if (lines !== '') for (const watcher of watchers) watcher.write(lines);
    if (sent < total) return;
    clearInterval(timer);
    tell({ sent, tookMs: performance.now() - startedAt });
  }, TICK_MS);
}

function tell(message: StormAnswer): void {
  process.send?.(message);
}

const isHttp2 = process.argv[3] === 'http2';
const authority = isHttp2 ? new CertificateAuthority('storm-ca') : undefined;
const server = authority
  ? createSecureServer(authority.issue({ commonName: 'storm', names: ['127.0.0.1'] }), answer)
  : createServer(answer);
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  tell({ port, ...(authority ? { ca: authority.cert } : {}) });
});
process.on('disconnect', () => process.exit(0));
process.on('message', (order: StormOrder) => {
  if (order.do === 'state') {
    tell({ versions: Object.fromEntries(world.pods.map(({ uid, resourceVersion }) => [uid, resourceVersion])) });
  } else storm(order);
});
