import type { DaemonSetCause } from '../../shared/contract/daemonset.ts';
import { causeOf } from '../../shared/kubernetes/cause.ts';
import { toDaemonSetRow } from '../../shared/kubernetes/daemonset-row.ts';
import { toWarningEvent } from '../../shared/kubernetes/event.ts';
import { at, records, text, type JsonObject } from '../../shared/kubernetes/json-fields.ts';
import type { PodRow } from '../../shared/kubernetes/rows.ts';
import { formatLabelSelector } from '../../shared/kubernetes/selector.ts';
import type { Target } from './daemonset-changes.ts';
import type { OpenCluster } from './open-cluster.ts';
import { namespacedPath } from './paths.ts';

const PAGE = '500';

type CauseTarget = Omit<Target, 'contextName'>;

/**
 * Why DaemonSets are not rolled out, from their own pods and warning events; all reads are background ones.
 * In the order of the targets; one that is gone meanwhile is left out.
 */
export async function causesOf(
  cluster: OpenCluster,
  targets: readonly CauseTarget[],
  signal: AbortSignal,
): Promise<readonly DaemonSetCause[]> {
  const found: DaemonSetCause[] = [];
  // One after the other: a list that scrolls must not put ten requests before the user's own.
  for (const target of targets) {
    const cause = await causeOfTarget(cluster, target, signal);
    if (cause) found.push(cause);
  }
  return found;
}

async function causeOfTarget(
  cluster: OpenCluster,
  target: CauseTarget,
  signal: AbortSignal,
): Promise<DaemonSetCause | undefined> {
  const list = await readJson(cluster, namespacedPath('apps', target.namespace, 'daemonsets'), signal, {
    fieldSelector: `metadata.name=${target.name}`,
  });
  const object = records(at(list, 'items')).find((item) => at(item, 'metadata', 'uid') === target.uid);
  if (!object) return undefined;
  const row = toDaemonSetRow(object);
  const [pods, own] = await Promise.all([
    readPods(cluster, target, formatLabelSelector(row.selector), signal),
    readWarnings(cluster, target.namespace, `involvedObject.uid=${target.uid}`, signal),
  ]);
  const unready = new Set(pods.filter((pod) => !pod.ready).map((pod) => pod.uid));
  const ofPods =
    unready.size > 0 ? await readWarnings(cluster, target.namespace, 'involvedObject.kind=Pod', signal) : [];
  const events = [...own, ...ofPods.filter((event) => unready.has(text(at(event, 'involvedObject', 'uid'))))];
  return { uid: target.uid, ...causeOf(row, pods, events.map(toWarningEvent), cluster.clock.now()) };
}

async function readWarnings(
  cluster: OpenCluster,
  namespace: string,
  about: string,
  signal: AbortSignal,
): Promise<readonly JsonObject[]> {
  const query = { fieldSelector: `${about},type=Warning`, limit: PAGE };
  return records(at(await readJson(cluster, namespacedPath('core', namespace, 'events'), signal, query), 'items'));
}

async function readPods(
  cluster: OpenCluster,
  target: CauseTarget,
  labelSelector: string,
  signal: AbortSignal,
): Promise<readonly PodRow[]> {
  const pods: PodRow[] = [];
  let continueToken: string | undefined;
  do {
    const response = await cluster.connection.get({
      path: namespacedPath('core', target.namespace, 'pods'),
      query: { labelSelector, limit: PAGE, continue: continueToken },
      signal,
      priority: 'background',
    });
    const page = await cluster.decode.decodeList('pods', response.body);
    pods.push(...page.rows.filter((pod) => pod.ownerUid === target.uid));
    continueToken = page.continueToken;
  } while (continueToken);
  return pods;
}

async function readJson(
  cluster: OpenCluster,
  path: string,
  signal: AbortSignal,
  query: Readonly<Record<string, string>>,
): Promise<unknown> {
  const response = await cluster.connection.get({ path, query, signal, priority: 'background' });
  return JSON.parse(new TextDecoder().decode(response.body));
}
