import type { ContainerEnvironment } from './env-source.ts';
import { at, stringMapAt, asObject } from './json-fields.ts';
import { parseQuantity } from './quantity.ts';

/** What is known of status.allocatable of the pod's node. `why` is a sentence. */
export type AllocatableRead =
  | { readonly state: 'read'; readonly nodeName: string; readonly amounts: Readonly<Record<string, string>> }
  | { readonly state: 'reading' }
  | { readonly state: 'unreadable'; readonly why: string };

/** hugepages-* are not among them: they are never overcommitted. */
const FILLED_IN: ReadonlySet<string> = new Set(['cpu', 'memory', 'ephemeral-storage']);

/** Resources that a pod's own limits may name (component-helpers/resource, 1.37). */
const OF_A_POD: ReadonlySet<string> = new Set(['cpu', 'memory']);

/** Whether the kubelet takes another amount for the limit of `resource` ("limits.memory"), because there is none or it is 0. */
export function isUnsetLimit({ limits }: Pick<ContainerEnvironment, 'limits'>, resource: string): boolean {
  const [list, name = ''] = resource.split(/\.(.*)/s);
  return list === 'limits' && FILLED_IN.has(name) && !isAmount(limits[name]);
}

/** The pod's own limit (spec.resources), which goes before what the node can give. */
export function podLimit(pod: unknown, resource: string): string | undefined {
  const name = resource.replace(/^limits\./, '');
  const amount = stringMapAt(asObject(at(pod, 'spec', 'resources')), 'limits')[name];
  return OF_A_POD.has(name) && isAmount(amount) ? amount : undefined;
}

export type LimitInstead =
  | { readonly amount: string; readonly words: string }
  | { readonly why: string }
  | { readonly isReading: true };

/**
 * What a limit is that a container does not have (pkg/kubelet/kubelet_resources.go defaultPodLimitsForDownwardAPI and
 * pkg/api/v1/resource MergeContainerResourceLimits, 1.37): the pod's own, else what its node can give.
 */
export function limitInstead(pod: unknown, resource: string, allocatable: AllocatableRead | undefined): LimitInstead {
  const ofPod = podLimit(pod, resource);
  if (ofPod !== undefined) return { amount: ofPod, words: 'The container has no such limit: this is the pod’s own.' };
  const unset = 'The container has no such limit: the kubelet takes what the node can give (allocatable)';
  if (allocatable === undefined) return { why: `${unset}, and the pod is on no node yet.` };
  if (allocatable.state === 'reading') return { isReading: true };
  if (allocatable.state === 'unreadable') return { why: `${unset}. ${allocatable.why}` };
  const { nodeName, amounts } = allocatable;
  const name = resource.replace(/^limits\./, '');
  const amount = amounts[name];
  if (amount === undefined) return { why: `${unset}, and ${nodeName} does not tell its ${name}.` };
  return { amount, words: `The container has no such limit: this is what ${nodeName} can give (allocatable).` };
}

function isAmount(text: string | undefined): text is string {
  const amount = text === undefined ? undefined : parseQuantity(text);
  return amount !== undefined && amount.nanos > 0n;
}
