import type { ValueItem } from '../../shared/contract/live.ts';
import type { ObjectResource, ObjectText } from '../../shared/contract/object.ts';
import { assertNever } from '../../shared/errors/assert-never.ts';
import { at } from '../../shared/kubernetes/json-fields.ts';
import type { LatestSource } from '../streams/latest-stream.ts';
import type { OpenCluster } from './open-cluster.ts';
import { clusterPath, namespacedPath } from './paths.ts';

export interface ObjectAddress {
  readonly resource: ObjectResource;
  readonly namespace: string;
  readonly name: string;
  readonly uid?: string | undefined;
}

function collectionOf({ resource, namespace }: ObjectAddress): string {
  switch (resource) {
    case 'daemonsets':
      return namespacedPath('apps', namespace, 'daemonsets');
    case 'pods':
      return namespacedPath('core', namespace, 'pods');
    case 'nodes':
      return clusterPath('core', 'nodes');
    default:
      return assertNever(resource);
  }
}

/** Follows one object as JSON text. After its end, and beside a namesake, the last text stays readable, marked `gone`. */
export function objectView(cluster: OpenCluster, address: ObjectAddress): LatestSource<ValueItem<ObjectText>> {
  const lease = cluster.object({ path: collectionOf(address), name: address.name });
  let last: string | undefined;
  function read(): ValueItem<ObjectText> {
    const { state, object, text, gone } = lease.value;
    const isOther = object !== undefined && address.uid !== undefined && at(object, 'metadata', 'uid') !== address.uid;
    if (text !== undefined && !isOther) last = text;
    if (last === undefined && !gone && !isOther) return { state };
    return { state, value: { ...(last === undefined ? {} : { jsonText: last }), gone: gone || isOther } };
  }
  return {
    read,
    subscribe: (listener) => lease.value.subscribe(listener),
    release: () => lease.release(),
  };
}
