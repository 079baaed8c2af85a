import type { ValueItem } from '../../shared/contract/live.ts';
import type { PodView } from '../../shared/contract/pod.ts';
import { containerViews } from '../../shared/kubernetes/container-view.ts';
import type { ObjectRef } from '../../shared/kubernetes/object.ts';
import { toPodRow } from '../../shared/kubernetes/pod-row.ts';
import { at, records, text } from '../../shared/kubernetes/json-fields.ts';
import type { ConditionRow } from '../../shared/kubernetes/rows.ts';
import type { OpenCluster } from './open-cluster.ts';
import { namespacedPath } from './paths.ts';

/** Follows one pod for its container panel. After its end the last state stays readable, marked `gone`. */
export function podView(cluster: OpenCluster, ref: ObjectRef) {
  const lease = cluster.object({ path: namespacedPath('core', ref.namespace, 'pods'), name: ref.name });
  let last: Omit<PodView, 'gone'> | undefined;
  function read(): ValueItem<PodView> {
    const { state, object, gone } = lease.value;
    if (object !== undefined) {
      last = { row: toPodRow(object), containers: containerViews(object), conditions: conditionsOf(object) };
    }
    if (!last && !gone) return { state };
    return { state, value: { ...(last ?? { containers: [], conditions: [] }), gone } };
  }
  return {
    read,
    subscribe: (listener: () => void) => lease.value.subscribe(listener),
    release: () => lease.release(),
  };
}

function conditionsOf(pod: unknown): readonly ConditionRow[] {
  return records(at(pod, 'status', 'conditions')).map((item) => ({
    type: text(item['type']),
    status: text(item['status']),
    ...(text(item['reason']) ? { reason: text(item['reason']) } : {}),
    ...(text(item['message']) ? { message: text(item['message']) } : {}),
  }));
}
