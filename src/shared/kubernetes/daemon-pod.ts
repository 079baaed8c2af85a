import { isJsonObject, type JsonObject, type JsonValue } from '../manifest/json-value.ts';
import { daemonPodTolerations, type Toleration } from './toleration.ts';

export interface DaemonPodWish {
  /** spec.template of the DaemonSet. */
  readonly template: JsonObject;
  readonly name: string;
  /** The node that it would be for; without one there is no node affinity on metadata.name. */
  readonly nodeName?: string | undefined;
  /** Of the live DaemonSet; a draft has none, and its pod no owner. */
  readonly uid?: string | undefined;
}

/** With the dash it still has to be a name: controller_utils.go, getPodsPrefix. */
const MAX_PREFIX = 253;

/**
 * One pod of a DaemonSet as its controller would create it (pkg/controller/daemon: syncNodes and util.CreatePodTemplate,
 * ReplaceDaemonSetPodNodeNameNodeAffinity; controller_utils.go GetPodFromTemplate; 1.37), but for the label of the revision's hash,
 * which only the controller knows, and blockOwnerDeletion, which asks the user for a right that the controller has.
 */
export function daemonPod({ template, name, nodeName, uid }: DaemonPodWish): JsonObject {
  const metadata = objectOf(template['metadata']);
  const spec = objectOf(template['spec']);
  const kept = ['labels', 'annotations', 'finalizers'].flatMap((key) => {
    const value = metadata[key];
    return value === undefined ? [] : [[key, value] as const];
  });
  const owner = { apiVersion: 'apps/v1', kind: 'DaemonSet', name, controller: true };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...Object.fromEntries(kept),
      generateName: name.length < MAX_PREFIX ? `${name}-` : name,
      ...(uid === undefined ? {} : { ownerReferences: [{ ...owner, uid }] }),
    },
    spec: {
      ...spec,
      tolerations: tolerationsOf(spec),
      ...(nodeName === undefined ? {} : { affinity: pinnedTo(nodeName, objectOf(spec['affinity'])) }),
    },
  };
}

function objectOf(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function tolerationsOf(spec: JsonObject): JsonValue {
  const own = spec['tolerations'] ?? [];
  // Of another shape it goes as it is: the server says what is wrong with it.
  if (!Array.isArray(own) || !own.every((each: JsonValue) => isJsonObject(each))) return own;
  // Own ones are passed through, and the controller's have texts alone, so all of it is JSON.
  return daemonPodTolerations(own as readonly Toleration[], spec['hostNetwork'] === true) as unknown as JsonValue;
}

function pinnedTo(nodeName: string, affinity: JsonObject): JsonObject {
  const matchFields = [{ key: 'metadata.name', operator: 'In', values: [nodeName] }];
  return {
    ...affinity,
    nodeAffinity: {
      ...objectOf(affinity['nodeAffinity']),
      requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchFields }] },
    },
  };
}
