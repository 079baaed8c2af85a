import type { ValueItem } from '../../shared/contract/live.ts';
import type { PodView } from '../../shared/contract/pod.ts';
import { containerViews } from '../../shared/kubernetes/container-view.ts';
import { at, text } from '../../shared/kubernetes/json-fields.ts';
import type { ObjectRef } from '../../shared/kubernetes/object.ts';
import { conditionViews, podDetails } from '../../shared/kubernetes/pod-details.ts';
import { toPodRow } from '../../shared/kubernetes/pod-row.ts';
import type { LatestSource } from '../streams/latest-stream.ts';
import type { OpenCluster } from './open-cluster.ts';
import { namespacedPath } from './paths.ts';

/**
 * Follows one pod for its panel and its page. After its end the last state stays readable, marked `gone`; a namesake with another uid
 * is said, never shown in its place unasked.
 */
export function podView(cluster: OpenCluster, ref: ObjectRef): LatestSource<ValueItem<PodView>> {
  const lease = cluster.object({ path: namespacedPath('core', ref.namespace, 'pods'), name: ref.name });
  let firstUid: string | undefined;
  let last: Omit<PodView, 'gone' | 'replacedByUid'> = { containers: [], conditions: [] };
  function read(): ValueItem<PodView> {
    const { state, object, gone } = lease.value;
    if (object === undefined && !gone) return firstUid === undefined ? { state } : { state, value: { ...last, gone } };
    const uid = object === undefined ? undefined : text(at(object, 'metadata', 'uid'));
    firstUid ??= uid;
    if (uid !== undefined && uid !== firstUid) return { state, value: { ...last, gone: true, replacedByUid: uid } };
    if (object !== undefined) last = viewOf(object);
    return { state, value: { ...last, gone } };
  }
  return {
    read,
    subscribe: (listener: () => void) => lease.value.subscribe(listener),
    release: () => lease.release(),
  };
}

function viewOf(object: unknown): Omit<PodView, 'gone' | 'replacedByUid'> {
  return {
    row: toPodRow(object),
    containers: containerViews(object),
    conditions: conditionViews(at(object, 'status')),
    details: podDetails(object),
  };
}
