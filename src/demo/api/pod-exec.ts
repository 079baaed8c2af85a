import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { EXEC_PROTOCOLS, type ExecProtocol } from '../exec/exec-status.ts';
import { ExecSession } from '../exec/exec-session.ts';
import type { Container, Pod } from '../objects.ts';
import { keyOf } from '../store/collection.ts';
import { containerOf } from './container-of.ts';
import type { ApiContext, Target } from './request.ts';
import { RESOURCES } from './resources.ts';
import { badRequest, noSuchPath, notFound } from './status-error.ts';

/** A request that asks for another protocol than HTTP, before it is answered. */
export interface Upgrade {
  readonly message: IncomingMessage;
  readonly socket: Duplex;
  /** What the client sent already. */
  readonly head: Buffer;
}

/** A refusal in the kubelet's own words: plain text, 500. */
export class KubeletRefusal extends Error {}

interface ExecTarget {
  readonly pod: Pod;
  readonly container: Container;
}

/** What the API server finds out before it asks a kubelet (ExecLocation, pkg/registry/core/pod/strategy.go, 1.37). */
function execTarget(context: ApiContext, target: Target, query: URLSearchParams): ExecTarget {
  if (target.kind !== 'object' || target.subresource !== 'exec' || target.namespace === undefined) throw noSuchPath();
  const { name, namespace } = target;
  const pod = context.store.pods.get(keyOf(namespace, name));
  if (pod === undefined) throw notFound(RESOURCES.pods, name);
  const container = containerOf(pod, query.get('container') ?? undefined);
  if (pod.spec.nodeName === undefined) throw badRequest(`pod ${name} does not have a host assigned`);
  return { pod, container };
}

/** A request for exec that asks for no other protocol. Both verbs, GET and POST, run a command, and neither without one. */
export function refuseExec(context: ApiContext, target: Target, query: URLSearchParams): never {
  execTarget(context, target, query);
  throw badRequest('Upgrade request required');
}

/**
 * GET pods/exec with an upgrade to WebSocket.
 *
 * @throws StatusError or KubeletRefusal for what is to be answered instead
 */
export function answerExec(context: ApiContext, target: Target, query: URLSearchParams, upgrade: Upgrade): void {
  const { pod, container } = execTarget(context, target, query);
  if (!isRunning(pod, container)) throw new KubeletRefusal(`container not found ("${container.name}")`);
  const options = {
    command: query.getAll('command'),
    stdin: flag(query, 'stdin'),
    stdout: flag(query, 'stdout'),
    stderr: flag(query, 'stderr'),
    tty: flag(query, 'tty'),
    protocol: protocolOf(upgrade.message),
  };
  if (!options.stdin && !options.stdout && !options.stderr) {
    throw badRequest('you must specify at least 1 of stdin, stdout, stderr');
  }
  const { openStreams } = context;
  const end = (): void => {
    session.close();
    upgrade.socket.destroy();
  };
  const session = new ExecSession(upgrade, { pod, container }, options, () => openStreams.delete(end));
  openStreams.add(end);
}

function isRunning(pod: Pod, container: Container): boolean {
  const { containerStatuses = [], initContainerStatuses = [] } = pod.status;
  const status = [...containerStatuses, ...initContainerStatuses].find((entry) => entry.name === container.name);
  return status?.state.running !== undefined;
}

function flag(query: URLSearchParams, name: string): boolean {
  return ['true', '1'].includes(query.get(name) ?? '');
}

/** The first of ours that the client offers. */
function protocolOf(message: IncomingMessage): ExecProtocol {
  const offered = (message.headers['sec-websocket-protocol'] ?? '').split(',').map((each) => each.trim());
  const found = EXEC_PROTOCOLS.find((protocol) => offered.includes(protocol));
  if (found === undefined) throw badRequest('Upgrade request required');
  return found;
}
