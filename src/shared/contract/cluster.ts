import { eventIterator, oc, type } from '@orpc/contract';
import * as z from 'zod';
import type { NamespaceRow, NodeRow } from '../kubernetes/rows.ts';
import { contextNameInput } from './inputs.ts';
import type { RowsItem, ValueItem } from './live.ts';

export interface ClusterInfo {
  /** gitVersion of /version, "v1.37.2". */
  readonly serverVersion: string;
  readonly nodes?: number;
  /** Distinct values of topology.kubernetes.io/zone. */
  readonly zones?: number;
  /** Why nodes are not counted ("may not list nodes"). */
  readonly nodesUnknown?: string;
  /** As whom the server knows the user (SelfSubjectReview), when it tells. */
  readonly userName?: string;
}

export const clusterContract = {
  watchInfo: oc.input(contextNameInput).output(eventIterator(type<ValueItem<ClusterInfo>>())),
  watchNodes: oc.input(contextNameInput).output(eventIterator(type<RowsItem<NodeRow>>())),
  watchNamespaces: oc.input(contextNameInput).output(eventIterator(type<RowsItem<NamespaceRow>>())),
};

/** One question of SelfSubjectAccessReview. */
export const accessCheckInput = z.object({
  verb: z.string().min(1).max(63),
  group: z.string().max(253),
  resource: z.string().min(1).max(253),
  subresource: z.string().max(63).optional(),
  namespace: z.string().max(253).optional(),
  name: z.string().max(253).optional(),
});
export type AccessCheck = z.infer<typeof accessCheckInput>;

export interface AccessAnswer {
  readonly allowed: boolean;
  /** "may not delete daemonsets.apps in namespace logging", when it is not allowed. */
  readonly reason?: string;
}

export const accessContract = {
  /** Answers in the order of the checks. */
  review: oc
    .input(contextNameInput.extend({ checks: z.array(accessCheckInput).min(1).max(20) }))
    .output(type<readonly AccessAnswer[]>()),
};
