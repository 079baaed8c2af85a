import type { PodRow } from '../../src/shared/kubernetes/rows.ts';
import type { AdminClient } from './admin-client.ts';

/** On nodes that nobody runs, a pod is what is written into its status, and one that is deleted stays until it is let go. */
export const NOBODY_RUNS_IT = { 'kwok.x-k8s.io/node': 'nobody' };

const PODS = '/api/v1/namespaces/default/pods';
const CONTAINER = { name: 'main', image: 'registry.test/agent:2', imageID: '', restartCount: 0 };

/** Whether each pod is ready, since when, and what its container does. */
interface WrittenStatus {
  readonly phase: 'Pending' | 'Running';
  readonly readySince?: Date;
  readonly container: object;
}

async function write(client: AdminClient, { name }: PodRow, { phase, readySince, container }: WrittenStatus) {
  const condition = (type: string, isTrue: boolean) => ({
    type,
    status: isTrue ? 'True' : 'False',
    lastTransitionTime: (readySince ?? new Date()).toISOString().replace(/\.\d+/, ''),
  });
  const isReady = readySince !== undefined;
  const conditions = [condition('PodScheduled', true), condition('Initialized', true)];
  conditions.push(condition('ContainersReady', isReady), condition('Ready', isReady));
  const containerStatuses = [{ ...CONTAINER, ready: isReady, started: isReady, ...container }];
  await client.mergePatch(`${PODS}/${name}/status`, { status: { phase, conditions, containerStatuses } });
}

const running = { state: { running: { startedAt: '2026-01-01T00:00:00Z' } } };

export function makeReady(client: AdminClient, pod: PodRow, readySince: Date): Promise<void> {
  return write(client, pod, { phase: 'Running', readySince, container: running });
}

export function makeUnready(client: AdminClient, pod: PodRow): Promise<void> {
  return write(client, pod, { phase: 'Running', container: running });
}

export function makeUnpullable(client: AdminClient, pod: PodRow): Promise<void> {
  const waiting = { reason: 'ImagePullBackOff', message: 'Back-off pulling image "registry.test/agent:2"' };
  return write(client, pod, { phase: 'Pending', container: { state: { waiting } } });
}

export function makeCrash(client: AdminClient, pod: PodRow, exitCode: number, restartCount: number): Promise<void> {
  const waiting = { reason: 'CrashLoopBackOff', message: 'back-off 40s restarting failed container=main' };
  const times = { startedAt: '2026-01-01T00:00:00Z', finishedAt: '2026-01-01T00:00:01Z' };
  const lastState = { terminated: { exitCode, reason: 'Error', ...times } };
  return write(client, pod, { phase: 'Running', container: { restartCount, state: { waiting }, lastState } });
}

/** As the kubelet tells of a probe that fails. */
export function tellOfProbe(client: AdminClient, pod: PodRow): Promise<void> {
  const at = new Date().toISOString().replace(/\.\d+/, '');
  return client.create('/api/v1/namespaces/default/events', {
    metadata: { name: `${pod.name}.unhealthy` },
    involvedObject: { apiVersion: 'v1', kind: 'Pod', namespace: 'default', name: pod.name, uid: pod.uid },
    type: 'Warning',
    reason: 'Unhealthy',
    message: 'Readiness probe failed: HTTP probe failed with statuscode: 503',
    source: { component: 'kubelet' },
    firstTimestamp: at,
    lastTimestamp: at,
    count: 3,
  });
}

/** The kubelet's last word: the pod goes at once. */
export async function letGo(client: AdminClient, { name }: PodRow): Promise<void> {
  const { status, body } = await client.send('DELETE', `${PODS}/${name}?gracePeriodSeconds=0`);
  if (status >= 300) throw new Error(`${name}: ${status} ${body}`);
}
