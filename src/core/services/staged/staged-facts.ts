import { AppError } from '../../../shared/errors/app-error.ts';
import type { ReadState } from '../../../shared/contract/live.ts';
import { nodeFacts, refusalWords } from '../../../shared/kubernetes/coverage.ts';
import { placementOf } from '../../../shared/kubernetes/placement.ts';
import { toDaemonSetRow } from '../../../shared/kubernetes/daemonset-row.ts';
import { at } from '../../../shared/kubernetes/json-fields.ts';
import { nodeVerdict } from '../../../shared/kubernetes/node-coverage.ts';
import { currentRevision } from '../../../shared/kubernetes/revision.ts';
import type {
  ControllerRevisionRow,
  DaemonSetRow,
  NodeRow,
  PodRow,
  RowOf,
  RowResource,
} from '../../../shared/kubernetes/rows.ts';
import { formatLabelSelector } from '../../../shared/kubernetes/selector.ts';
import type { StagedFacts } from '../../../shared/kubernetes/staged-step.ts';
import { listPages } from '../../kubernetes/list-pages.ts';
import { resourceDecoder } from '../../kubernetes/row-decoder.ts';
import type { LiveScope } from '../../kubernetes/live-pool.ts';
import type { Target } from '../daemonset-changes.ts';
import { jsonBody } from '../json-body.ts';
import type { OpenCluster } from '../open-cluster.ts';
import { clusterPath, namespacedPath } from '../paths.ts';

const PAGE_SIZE = 500;

/** What the API server answers at this moment, by requests of our own: a watch may be behind without knowing. */
export interface FreshFacts {
  readonly row: DaemonSetRow;
  readonly currentHash: string | undefined;
  readonly revision: number;
  readonly pods: readonly PodRow[];
  readonly keptAway: (node: NodeRow) => string | undefined;
}

/** @throws AppError Conflict when another DaemonSet has this name; NotFound; why it cannot be read */
export async function readFresh(cluster: OpenCluster, target: Target, signal: AbortSignal): Promise<FreshFacts> {
  const { contextName, namespace, name, uid } = target;
  const path = namespacedPath('apps', namespace, 'daemonsets', name);
  const response = await cluster.connection.get({ path, signal, priority: 'user' });
  const object = jsonBody(response, contextName);
  const row = toDaemonSetRow(object);
  if (row.uid !== uid) {
    const message = `DaemonSet ${namespace}/${name} was deleted and made again; nothing is done to the new one.`;
    throw new AppError({ reason: 'Conflict', message, contextName });
  }
  const query = { labelSelector: formatLabelSelector(row.selector) };
  const pods = await listAll(
    cluster,
    { resource: 'pods', path: namespacedPath('core', namespace, 'pods'), query },
    signal,
  );
  const revisionsPath = namespacedPath('apps', namespace, 'controllerrevisions');
  const all = await listAll(cluster, { resource: 'controllerrevisions', path: revisionsPath, query }, signal);
  const current = currentOf(all, uid);
  const placement = placementOf(at(object, 'spec', 'template', 'spec'));
  return {
    row,
    currentHash: current?.hash,
    revision: current?.revision ?? 0,
    pods: pods.filter((pod) => pod.ownerUid === uid),
    keptAway: (node) => refusalWords(nodeVerdict(placement, nodeFacts(node))),
  };
}

async function listAll<R extends RowResource>(
  { connection, decode }: OpenCluster,
  { resource, path, query = {} }: LiveScope<R>,
  signal: AbortSignal,
): Promise<readonly RowOf[R][]> {
  const rows: RowOf[R][] = [];
  const decoder = resourceDecoder(decode, resource);
  for await (const page of listPages({ connection, path, query, decoder, signal, pageSize: PAGE_SIZE }))
    rows.push(...page.rows);
  signal.throwIfAborted();
  return rows;
}

function currentOf(revisions: readonly ControllerRevisionRow[], uid: string): ControllerRevisionRow | undefined {
  return currentRevision(revisions.filter(({ ownerUid }) => ownerUid === uid));
}

/** The same, live. */
export interface LiveFacts {
  read(): StagedFacts;
  subscribe(listener: () => void): () => void;
  release(): void;
}

/** Follows everything that a step looks at. `keptAway` holds as long as the template that it was read from. */
export function followFacts(
  cluster: OpenCluster,
  { namespace, name, uid }: Target,
  { row, keptAway }: Pick<FreshFacts, 'row' | 'keptAway'>,
): LiveFacts {
  const query = { labelSelector: formatLabelSelector(row.selector) };
  const ownPath = namespacedPath('apps', namespace, 'daemonsets');
  const own = cluster.rows({
    resource: 'daemonsets',
    path: ownPath,
    query: { fieldSelector: `metadata.name=${name}` },
  });
  const pods = cluster.rows({ resource: 'pods', path: namespacedPath('core', namespace, 'pods'), query });
  const revisionsPath = namespacedPath('apps', namespace, 'controllerrevisions');
  const revisions = cluster.rows({ resource: 'controllerrevisions', path: revisionsPath, query });
  const nodes = cluster.rows({ resource: 'nodes', path: clusterPath('core', 'nodes') });
  const leases = [own, pods, revisions, nodes];
  return {
    read() {
      const blind =
        blindness('The DaemonSet', own.value.state) ??
        blindness('The pods', pods.value.state) ??
        blindness('The revisions', revisions.value.state) ??
        (nodes.value.state.phase === 'failed' ? undefined : blindness('The nodes', nodes.value.state));
      return {
        ...(blind === undefined ? {} : { blind }),
        row: own.value.rows.values().next().value,
        currentHash: currentOf([...revisions.value.rows.values()], uid)?.hash,
        pods: [...pods.value.rows.values()],
        nodeRows: nodes.value.state.phase === 'failed' ? undefined : [...nodes.value.rows.values()],
        keptAway,
      };
    },
    subscribe(listener) {
      const ends = leases.map((lease) => lease.value.subscribe(() => listener()));
      return () => ends.forEach((end) => end());
    },
    release: () => leases.forEach((lease) => lease.release()),
  };
}

function blindness(subject: string, state: ReadState): string | undefined {
  switch (state.phase) {
    case 'live':
      return undefined;
    case 'connecting':
    case 'listing':
      return `${subject} ${subject.endsWith('s') ? 'are' : 'is'} being read.`;
    default:
      return state.error.message;
  }
}
