import { toControllerRevisionRow } from './controller-revision-row.ts';
import { toDaemonSetRow } from './daemonset-row.ts';
import { toEventRow } from './event.ts';
import { toNamespaceRow } from './namespace-row.ts';
import { toNodeRow } from './node-row.ts';
import { toPodRow } from './pod-row.ts';
import type { RowOf, RowResource } from './rows.ts';

/** How each resource's objects become rows. */
export const ROW_READERS: { readonly [R in RowResource]: (raw: unknown) => RowOf[R] } = {
  daemonsets: toDaemonSetRow,
  pods: toPodRow,
  nodes: toNodeRow,
  namespaces: toNamespaceRow,
  controllerrevisions: toControllerRevisionRow,
  events: toEventRow,
};
