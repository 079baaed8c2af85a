import { eventIterator, oc, type } from '@orpc/contract';
import type { ConditionRow, ContainerKind, PodRow } from '../kubernetes/rows.ts';
import { objectRefInput } from './inputs.ts';
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
}

export interface PodView {
  readonly row?: PodRow;
  readonly containers: readonly ContainerView[];
  /** Every condition, in the object's order. */
  readonly conditions: readonly ConditionRow[];
  readonly gone: boolean;
}

export const podContract = {
  watchOne: oc.input(objectRefInput).output(eventIterator(type<ValueItem<PodView>>())),
};
