import { eventIterator, oc, type } from '@orpc/contract';
import * as z from 'zod';
import type { EventRow } from '../kubernetes/rows.ts';
import { contextNameInput, namespacesInput, targetInput } from './inputs.ts';
import type { RowsItem } from './live.ts';

export const eventContract = {
  /** Events of one DaemonSet and, unless told, of the pods that it has, or had since the read began. */
  watchOfDaemonSet: oc
    .input(targetInput.extend({ withPods: z.boolean().default(true) }))
    .output(eventIterator(type<RowsItem<EventRow>>())),
  /** Warnings about the nodes that its pods are on. They lie in namespace default, which not everybody may read: a stream of their own. */
  watchOfNodes: oc.input(targetInput).output(eventIterator(type<RowsItem<EventRow>>())),
  /** Events of one node; they lie in namespace default too. */
  watchOfNode: oc
    .input(contextNameInput.extend({ name: z.string().min(1).max(253) }))
    .output(eventIterator(type<RowsItem<EventRow>>())),
  /** Events of one pod. */
  watchOfPod: oc.input(targetInput).output(eventIterator(type<RowsItem<EventRow>>())),
  watchWarnings: oc
    .input(contextNameInput.extend({ namespaces: namespacesInput }))
    .output(eventIterator(type<RowsItem<EventRow>>())),
};
