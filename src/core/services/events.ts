import type { EventRow, PodRow } from '../../shared/kubernetes/rows.ts';
import type { Lease, LiveRows, RowsChange } from '../live-rows.ts';
import type { Target } from './daemonset-changes.ts';
import { podsOf } from './daemonset-reads.ts';
import { joinLiveRows } from './live-views.ts';
import type { OpenCluster } from './open-cluster.ts';
import { clusterPath, namespacedPath } from './paths.ts';

/** Events about nodes lie here, since a node has no namespace (client-go tools/record). */
const NODE_EVENTS_NAMESPACE = 'default';

/** Events of the DaemonSet itself, and `withPods` of the pods that it has or had since this began. */
export async function eventsOf(
  cluster: OpenCluster,
  { withPods, ...target }: Target & { readonly withPods: boolean },
  signal: AbortSignal,
): Promise<Lease<LiveRows<EventRow>>> {
  const path = namespacedPath('core', target.namespace, 'events');
  const query = { fieldSelector: `involvedObject.uid=${target.uid}` };
  if (!withPods) return cluster.rows({ resource: 'events', path, query });
  const pods = await podsOf(cluster, target, signal);
  const own = cluster.rows({ resource: 'events', path, query });
  const ofPods = cluster.rows({ resource: 'events', path, query: { fieldSelector: 'involvedObject.kind=Pod' } });
  const followed = aboutThose(
    ofPods,
    pods,
    (pod) => pod.uid,
    (event) => event.about.uid,
  );
  return joinLiveRows([own, followed]);
}

export function eventsOfPod(cluster: OpenCluster, { namespace, uid }: Target): Lease<LiveRows<EventRow>> {
  const query = { fieldSelector: `involvedObject.uid=${uid}` };
  return cluster.rows({ resource: 'events', path: namespacedPath('core', namespace, 'events'), query });
}

/** By name: the kubelet writes a node's name as its uid, and a controller the uid. */
export function eventsOfNode(cluster: OpenCluster, { name }: { readonly name: string }): Lease<LiveRows<EventRow>> {
  const query = { fieldSelector: `involvedObject.kind=Node,involvedObject.name=${name}` };
  return cluster.rows({ resource: 'events', path: namespacedPath('core', NODE_EVENTS_NAMESPACE, 'events'), query });
}

/** Warnings about the nodes that pods of the DaemonSet are on, or were since this began. */
export async function nodeWarningsOf(
  cluster: OpenCluster,
  target: Target,
  signal: AbortSignal,
): Promise<Lease<LiveRows<EventRow>>> {
  const pods = await podsOf(cluster, target, signal);
  const events = cluster.rows({
    resource: 'events',
    path: namespacedPath('core', NODE_EVENTS_NAMESPACE, 'events'),
    query: { fieldSelector: 'involvedObject.kind=Node,type=Warning' },
  });
  // By name: the kubelet writes a node's name as its uid.
  return aboutThose(
    events,
    pods,
    (pod) => pod.nodeName,
    (event) => event.about.name,
  );
}

/** Warnings of the whole cluster, or of several namespaces. */
export function warnings(
  cluster: OpenCluster,
  { namespaces }: { readonly namespaces: 'all' | readonly string[] },
): Lease<LiveRows<EventRow>> {
  const paths =
    namespaces === 'all'
      ? [clusterPath('core', 'events')]
      : [...new Set(namespaces)].map((namespace) => namespacedPath('core', namespace, 'events'));
  const query = { fieldSelector: 'type=Warning' };
  return joinLiveRows(paths.map((path) => cluster.rows({ resource: 'events', path, query })));
}

/** Events whose subject is one of what the pods say. What was once known stays known, so that a deleted pod's end can be read. */
function aboutThose(
  events: Lease<LiveRows<EventRow>>,
  pods: Lease<LiveRows<PodRow>>,
  keyOf: (pod: PodRow) => string | undefined,
  subjectOf: (event: EventRow) => string | undefined,
): Lease<LiveRows<EventRow>> {
  const known = new Set<string>();
  const keep = (event: EventRow) => known.has(subjectOf(event) ?? '');
  /** Answers what was not known before. */
  function learn(rows: Iterable<PodRow>): ReadonlySet<string> {
    const added = new Set<string>();
    for (const row of rows) {
      const key = keyOf(row);
      if (key === undefined || key === '' || known.has(key)) continue;
      known.add(key);
      added.add(key);
    }
    return added;
  }
  learn(pods.value.rows.values());
  return {
    value: {
      get state() {
        return pods.value.state.phase === 'live' ? events.value.state : pods.value.state;
      },
      get rows() {
        return new Map([...events.value.rows].filter(([, row]) => keep(row)));
      },
      subscribe(listener) {
        const ends = [
          events.value.subscribe((change) => listener(kept(change, keep))),
          pods.value.subscribe((change) => {
            const added = learn(change.type === 'rows' ? change.upserted : pods.value.rows.values());
            const upserted =
              added.size === 0
                ? []
                : [...events.value.rows.values()].filter((event) => added.has(subjectOf(event) ?? ''));
            listener(upserted.length === 0 ? { type: 'state' } : { type: 'rows', upserted, deletedUids: [] });
          }),
        ];
        return () => ends.forEach((end) => end());
      },
    },
    release() {
      events.release();
      pods.release();
    },
  };
}

function kept(change: RowsChange<EventRow>, keep: (event: EventRow) => boolean): RowsChange<EventRow> {
  return change.type === 'rows' ? { ...change, upserted: change.upserted.filter(keep) } : change;
}
