import { eventIterator, oc, type } from '@orpc/contract';
import type { ConditionRow, ContainerKind, PodRow } from '../kubernetes/rows.ts';
import type { ChangeOutcome } from './daemonset.ts';
import { objectRefInput, targetInput } from './inputs.ts';
import type { ValueItem } from './live.ts';

/** One state of a container as the status words it. */
export interface ContainerStateView {
  readonly kind: 'running' | 'waiting' | 'terminated' | 'unknown';
  readonly reason?: string;
  readonly message?: string;
  readonly exitCode?: number;
  readonly signal?: number;
  readonly startedAt?: string;
  readonly finishedAt?: string;
}

export interface ContainerView {
  readonly name: string;
  readonly kind: ContainerKind;
  readonly image: string;
  readonly imageID?: string;
  readonly ready: boolean;
  readonly restarts: number;
  readonly state: ContainerStateView;
  readonly lastState?: ContainerStateView;
  /** "8080/TCP (http)", with the host port when there is one. */
  readonly ports: readonly string[];
  /** "liveness: GET http://:8080/healthz every 10 s…" one line a probe, as kubectl describe words it. */
  readonly probes: readonly string[];
  readonly requests: Readonly<Record<string, string>>;
  readonly limits: Readonly<Record<string, string>>;
  /** "/var/log from varlog (read-only)". */
  readonly mounts: readonly string[];
  /** Names with where the value comes from: "TOKEN from Secret api, key token"; a value itself is never here. */
  readonly env: readonly string[];
}

export interface ConditionView extends ConditionRow {
  /** lastTransitionTime. */
  readonly since?: string;
}

export interface PodVolumeView {
  readonly name: string;
  /** "host path /var/log (Directory)". */
  readonly source: string;
  /** "fluent-bit at /var/log", one a mount. */
  readonly mountedBy: readonly string[];
}

/** What only the pod's own page shows; rules of scheduling in words. */
export interface PodDetails {
  /** status.reason and status.message: "Evicted", "The node was low on resource: memory". */
  readonly statusReason?: string;
  readonly statusMessage?: string;
  readonly startTime?: string;
  readonly owner?: { readonly kind: string; readonly name: string; readonly uid: string };
  readonly volumes: readonly PodVolumeView[];
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly tolerations: readonly string[];
  readonly affinity: readonly string[];
  readonly priority?: number;
  readonly priorityClassName?: string;
  /** status.qosClass, as the API server computed it. */
  readonly qosClass?: string;
  readonly serviceAccountName?: string;
  readonly hostNetwork: boolean;
}

export interface PodView {
  readonly row?: PodRow;
  readonly containers: readonly ContainerView[];
  /** Every condition, in the object's order. */
  readonly conditions: readonly ConditionView[];
  readonly details?: PodDetails;
  /** Deleted, or another pod has its name: what is here is its last state. */
  readonly gone: boolean;
  readonly replacedByUid?: string;
}

export const podContract = {
  watchOne: oc.input(objectRefInput).output(eventIterator(type<ValueItem<PodView>>())),
  /** With the pod's own grace period. */
  delete: oc.input(targetInput).output(type<ChangeOutcome>()),
  /** Fails with TooManyRequests, in the server's words, when a PodDisruptionBudget refuses. */
  evict: oc.input(targetInput).output(type<ChangeOutcome>()),
};
