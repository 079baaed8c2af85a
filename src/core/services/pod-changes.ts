import type { ChangeOutcome } from '../../shared/contract/daemonset.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { eviction } from '../../shared/kubernetes/eviction.ts';
import { at, text } from '../../shared/kubernetes/json-fields.ts';
import { deletePodLine, evictPodLine } from '../../shared/kubernetes/kubectl.ts';
import { type Change, runChange } from '../change.ts';
import type { Target } from './daemonset-changes.ts';
import type { OpenCluster } from './open-cluster.ts';
import { namespacedPath } from './paths.ts';

/** Deletes the pod of this uid, with the grace period that its spec asks for. The DaemonSet makes a new one. */
export function deletePod(cluster: OpenCluster, target: Target, signal: AbortSignal): Promise<ChangeOutcome> {
  const { namespace, name, uid } = target;
  const options = { apiVersion: 'v1', kind: 'DeleteOptions', preconditions: { uid } };
  return runOnPod(cluster, target, signal, {
    act: 'delete pod',
    right: { verb: 'delete', group: '', resource: 'pods', namespace, name },
    request: { method: 'DELETE', path: pathOf(target), contentType: 'application/json', body: JSON.stringify(options) },
    kubectl: deletePodLine(target),
  });
}

/** Asks the server to evict the pod of this uid (policy/v1): TooManyRequests when a PodDisruptionBudget refuses. */
export function evictPod(cluster: OpenCluster, target: Target, signal: AbortSignal): Promise<ChangeOutcome> {
  const { namespace, name, uid } = target;
  const path = `${pathOf(target)}/eviction`;
  return runOnPod(cluster, target, signal, {
    act: 'evict pod',
    right: { verb: 'create', group: '', resource: 'pods', subresource: 'eviction', namespace, name },
    request: {
      method: 'POST',
      path,
      contentType: 'application/json',
      body: JSON.stringify(eviction({ namespace, name }, uid)),
    },
    kubectl: evictPodLine(target),
  });
}

type PodChange = Pick<Change, 'act' | 'right' | 'request' | 'kubectl'>;

async function runOnPod(
  cluster: OpenCluster,
  target: Target,
  signal: AbortSignal,
  change: PodChange,
): Promise<ChangeOutcome> {
  const { contextName, namespace, name, uid } = target;
  const ref = { contextName, namespace, name };
  const readBack = (during: AbortSignal) => deletionState(cluster, target, during);
  const { warnings } = await runChange({ ...change, ref, uid, dryRun: 'first', readBack }, cluster, signal);
  return { uid, warnings, kubectl: change.kubectl };
}

function pathOf({ namespace, name }: Target): string {
  return namespacedPath('core', namespace, 'pods', name);
}

async function deletionState(cluster: OpenCluster, target: Target, signal: AbortSignal): Promise<'done' | 'notDone'> {
  try {
    const response = await cluster.connection.get({ path: pathOf(target), signal, priority: 'user' });
    const pod: unknown = JSON.parse(new TextDecoder().decode(response.body));
    const isOther = text(at(pod, 'metadata', 'uid')) !== target.uid;
    return isOther || at(pod, 'metadata', 'deletionTimestamp') !== undefined ? 'done' : 'notDone';
  } catch (error) {
    if (error instanceof AppError && error.reason === 'NotFound') return 'done';
    throw error;
  }
}
