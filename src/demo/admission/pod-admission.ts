import { StatusError } from '../api/status-error.ts';
import { type JsonObject, asJson } from '../json.ts';
import type { PodSpec } from '../objects.ts';
import { defaultPodSpec } from '../schema/defaults.ts';
import { objectAt, textAt } from '../validation/read.ts';

/** The priority classes that every cluster has. */
const PRIORITIES: Readonly<Record<string, number>> = {
  'system-cluster-critical': 2_000_000_000,
  'system-node-critical': 2_000_001_000,
};

function podName(pod: JsonObject): string {
  const metadata = objectAt(pod, 'metadata');
  return textAt(metadata, 'name') || textAt(metadata, 'generateName');
}

/** Why a pod is not let in, in the words of the priority plugin (plugin/pkg/admission/priority, 1.37); undefined when it is. */
export function podRefusal(spec: PodSpec, name: string): string | undefined {
  const { priorityClassName } = spec;
  if (priorityClassName === undefined || Object.hasOwn(PRIORITIES, priorityClassName)) return undefined;
  return `pods "${name}" is forbidden: no PriorityClass with name ${priorityClassName} was found`;
}

/** The spec as it is stored: with a pod's defaults, the priority of its class, the default service account. */
export function admitPodSpec(spec: PodSpec): PodSpec {
  const { priorityClassName, serviceAccountName = 'default' } = spec;
  return {
    // Decoded against the schema before; defaults only add what the schema has.
    ...(defaultPodSpec(asJson(spec), true) as unknown as PodSpec),
    priority: priorityClassName === undefined ? 0 : (PRIORITIES[priorityClassName] ?? 0),
    preemptionPolicy: 'PreemptLowerPriority',
    serviceAccountName,
    serviceAccount: serviceAccountName,
  };
}

/** Lets a pod of a request in, or throws 403. */
export function admitPod(pod: JsonObject): JsonObject {
  // Decoded against the schema: what the interface names has its type.
  const spec = (objectAt(pod, 'spec') ?? {}) as unknown as PodSpec;
  const name = podName(pod);
  const message = podRefusal(spec, name);
  if (message !== undefined)
    throw new StatusError({ code: 403, reason: 'Forbidden', message, details: { name, kind: 'pods' } });
  return { ...pod, spec: asJson(admitPodSpec(spec)) };
}
