import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { podObject, STORM, stormDaemonSet } from './storm-pod.ts';
import { StormWorld } from './storm-world.ts';

/** An API server in a process of its own that sends as many watch events a second as it is told to. */

export type StormOrder =
  | { readonly do: 'modify' | 'replace'; readonly perSecond: number; readonly seconds: number }
  | { readonly do: 'state' };

export type StormAnswer =
  | { readonly port: number }
  | { readonly sent: number; readonly tookMs: number }
  | { readonly versions: Readonly<Record<string, string>> };

const TICK_MS = 20;
const world = new StormWorld(Number(process.argv[2] ?? 5000));
const watchers = new Set<ServerResponse>();

function answer(request: IncomingMessage, reply: ServerResponse): void {
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
  if (url.searchParams.has('watch')) return watch(reply, isPods);
  if (isPods) return json(podList(url.searchParams));
  if (path.endsWith(`/daemonsets/${STORM.name}`)) return json(stormDaemonSet(world.pods.length));
  const items = path.endsWith('/daemonsets') ? [stormDaemonSet(world.pods.length)] : [];
  return json({ kind: 'List', apiVersion: 'v1', metadata: { resourceVersion: world.version }, items });
}

function watch(reply: ServerResponse, isPods: boolean): void {
  reply.writeHead(200, { 'content-type': 'application/json' });
  reply.flushHeaders();
  if (!isPods) return;
  watchers.add(reply);
  reply.on('close', () => watchers.delete(reply));
}

/** Pages without a version of their own: nothing changes while the benchmark lists. */
function podList(query: URLSearchParams) {
  const from = Number(query.get('continue') ?? 0);
  const until = from + Number(query.get('limit') ?? world.pods.length);
  const rest = world.pods.length - until;
  const more = rest > 0 ? { continue: String(until), remainingItemCount: rest } : {};
  const items = world.pods.slice(from, until).map(podObject);
  return { kind: 'PodList', apiVersion: 'v1', metadata: { resourceVersion: world.version, ...more }, items };
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

const server = createServer(answer).listen(0, '127.0.0.1', () =>
  tell({ port: (server.address() as AddressInfo).port }),
);
process.on('disconnect', () => process.exit(0));
process.on('message', (order: StormOrder) => {
  if (order.do === 'state') {
    tell({ versions: Object.fromEntries(world.pods.map(({ uid, resourceVersion }) => [uid, resourceVersion])) });
  } else storm(order);
});
