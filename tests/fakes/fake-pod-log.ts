import { aStatus, type Scripted, type SeenRequest } from './fake-api-server.ts';

export interface FakeLogLine {
  /** RFC 3339 with nine digits of a second, as the kubelet writes it. */
  readonly at: string;
  readonly text: string;
}

/** What one run of a container wrote, served as the kubelet serves a log. */
export function logBytes(lines: readonly FakeLogLine[], query: Readonly<Record<string, string>>): Uint8Array {
  const since = query['sinceTime'] === undefined ? undefined : Date.parse(query['sinceTime']);
  const tail = query['tailLines'] === undefined ? lines.length : Number(query['tailLines']);
  const shown = lines
    .slice(Math.max(0, lines.length - tail))
    // Date.parse drops what is below a millisecond, which a whole second never has.
    .filter((line) => since === undefined || Date.parse(line.at) >= since)
    .map((line) => (query['timestamps'] === 'true' ? `${line.at} ${line.text}\n` : `${line.text}\n`));
  return new TextEncoder().encode(shown.join(''));
}

export interface FakeContainerState {
  readonly uid?: string;
  readonly restartCount?: number;
  readonly state?: object;
  readonly phase?: string;
  readonly init?: boolean;
}

/** A pod with one container, "main", in a given state. */
export function aPodWith({
  uid = 'uid-pod',
  restartCount = 0,
  state,
  phase = 'Running',
  init = false,
}: FakeContainerState) {
  const statuses = [{ name: 'main', restartCount, state: state ?? { running: { startedAt: '2026-01-01T00:00:00Z' } } }];
  const containers = [{ name: 'main', image: 'registry.example/main:1' }];
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'agent-x', namespace: 'logging', uid },
    spec: { restartPolicy: 'Always', ...(init ? { initContainers: containers, containers: [] } : { containers }) },
    status: { phase, ...(init ? { initContainerStatuses: statuses } : { containerStatuses: statuses }) },
  };
}

/** The pod is gone, in the API server's words. */
export const POD_GONE = aStatus(404, 'NotFound', 'pods "agent-x" not found');

export function isLogRequest(request: SeenRequest): boolean {
  return request.path.endsWith('/log');
}

/** "container … is waiting to start", as the kubelet says it through the API server. */
export const WAITING_TO_START: Scripted = aStatus(
  400,
  'BadRequest',
  'container "main" in pod "agent-x" is waiting to start: ContainerCreating',
);
