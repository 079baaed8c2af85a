import { daemonPodTolerations } from '../../shared/kubernetes/toleration.ts';
import { generatedName } from '../generated-name.ts';
import { toTimestamp } from '../clock.ts';
import {
  type Container,
  type DaemonSet,
  type OwnerReference,
  type Pod,
  type PodSpec,
  REVISION_HASH,
  TEMPLATE_GENERATION,
} from '../objects.ts';

export function controllerReference(daemonSet: DaemonSet): OwnerReference {
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    name: daemonSet.metadata.name,
    uid: daemonSet.metadata.uid,
    controller: true,
    blockOwnerDeletion: true,
  };
}

/** The node a daemon pod is meant for: where it runs, or its affinity's metadata.name (util.GetTargetNodeName). */
export function targetNodeName(pod: Pod): string | undefined {
  if (pod.spec.nodeName !== undefined && pod.spec.nodeName !== '') return pod.spec.nodeName;
  const terms =
    pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  const field = terms
    .flatMap((term) => term.matchFields ?? [])
    .find((requirement) => requirement.key === 'metadata.name' && requirement.operator === 'In');
  return field?.values?.length === 1 ? field.values[0] : undefined;
}

function pinnedTo(spec: PodSpec, nodeName: string): PodSpec['affinity'] {
  const requirement = { key: 'metadata.name', operator: 'In', values: [nodeName] } as const;
  return {
    ...spec.affinity,
    nodeAffinity: {
      ...spec.affinity?.nodeAffinity,
      requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchFields: [requirement] }] },
    },
  };
}

function qosOf(containers: readonly Container[]): string {
  const resources = containers.map((container) => container.resources ?? {});
  const guaranteed = resources.every(
    ({ limits, requests }) =>
      limits?.['cpu'] !== undefined &&
      limits['memory'] !== undefined &&
      (requests?.['cpu'] ?? limits['cpu']) === limits['cpu'] &&
      (requests?.['memory'] ?? limits['memory']) === limits['memory'],
  );
  if (guaranteed) return 'Guaranteed';
  const none = resources.every(({ limits, requests }) => limits === undefined && requests === undefined);
  return none ? 'BestEffort' : 'Burstable';
}

export interface DaemonPodInput {
  readonly daemonSet: DaemonSet;
  readonly nodeName: string;
  readonly hash: string;
  readonly suffix: string;
  readonly uid: string;
  readonly createdAtMs: number;
}

/** A pod as the daemon controller makes it: pinned by node affinity on metadata.name, with the controller's tolerations and labels. */
export function newDaemonPod(input: DaemonPodInput): Pod {
  const { daemonSet, nodeName, hash } = input;
  const { template } = daemonSet.spec;
  const generation = daemonSet.metadata.annotations?.[TEMPLATE_GENERATION];
  const generateName = `${daemonSet.metadata.name}-`;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: generatedName(generateName, input.suffix),
      generateName,
      namespace: daemonSet.metadata.namespace ?? 'default',
      uid: input.uid,
      resourceVersion: '',
      generation: 1,
      creationTimestamp: toTimestamp(input.createdAtMs),
      labels: {
        ...template.metadata?.labels,
        [REVISION_HASH]: hash,
        ...(generation === undefined ? {} : { 'pod-template-generation': generation }),
      },
      ...(template.metadata?.annotations === undefined ? {} : { annotations: template.metadata.annotations }),
      ownerReferences: [controllerReference(daemonSet)],
    },
    spec: {
      ...template.spec,
      affinity: pinnedTo(template.spec, nodeName) ?? {},
      tolerations: daemonPodTolerations(template.spec.tolerations, template.spec.hostNetwork),
    },
    status: { phase: 'Pending', qosClass: qosOf(template.spec.containers) },
  };
}
