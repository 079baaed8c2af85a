import { eventIterator, oc, type } from '@orpc/contract';
import * as z from 'zod';
import type { PodPlacement } from '../kubernetes/node-coverage.ts';
import type { NodeRow, PodRow } from '../kubernetes/rows.ts';
import type { ChangeOutcome } from './daemonset.ts';
import { contextNameInput, namespacesInput } from './inputs.ts';
import type { RowsItem, ValueItem } from './live.ts';
import type { ConditionView } from './pod.ts';

/** What only a node's own page shows. Amounts are quantities as written. */
export interface NodeDetails {
  readonly conditions: readonly ConditionView[];
  /** "InternalIP 10.0.0.1". */
  readonly addresses: readonly string[];
  readonly capacity: Readonly<Record<string, string>>;
  readonly allocatable: Readonly<Record<string, string>>;
  /** status.nodeInfo, the fields that name a version or a platform. */
  readonly info: Readonly<Record<string, string>>;
}

/** `gone`: deleted, or another node has its name (`replacedByUid`); what is here is its last state. */
export interface NodeView {
  readonly row?: NodeRow;
  readonly details?: NodeDetails;
  readonly gone: boolean;
  readonly replacedByUid?: string;
}

/** What of a DaemonSet decides whether a node should run its pod. */
export interface DaemonSetPlacement {
  readonly uid: string;
  readonly name: string;
  readonly namespace: string;
  readonly placement: PodPlacement;
}

const nodeRefInput = contextNameInput.extend({ name: z.string().min(1).max(253) });

export const nodeContract = {
  watchOne: oc.input(nodeRefInput).output(eventIterator(type<ValueItem<NodeView>>())),
  /** Pods that are on the node, and those that wait for it (made for it by a daemon controller, on no node yet). */
  watchPods: oc
    .input(nodeRefInput.extend({ namespaces: namespacesInput }))
    .output(eventIterator(type<RowsItem<PodRow>>())),
  /** Where the DaemonSets want to run; read anew every 30 s. */
  watchDaemonSets: oc
    .input(contextNameInput.extend({ namespaces: namespacesInput }))
    .output(eventIterator(type<ValueItem<readonly DaemonSetPlacement[]>>())),
  /** kubectl cordon (true) and uncordon. @throws AppError Conflict when another node has the name now */
  setUnschedulable: oc
    .input(nodeRefInput.extend({ uid: z.string().min(1).max(128), unschedulable: z.boolean() }))
    .output(type<ChangeOutcome>()),
};
