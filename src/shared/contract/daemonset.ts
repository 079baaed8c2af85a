import { eventIterator, oc, type } from '@orpc/contract';
import * as z from 'zod';
import type { PodPlacement } from '../kubernetes/node-coverage.ts';
import type { ControllerRevisionRow, DaemonSetRow, PodRow } from '../kubernetes/rows.ts';
import { contextNameInput, namespacesInput, objectRefInput, targetInput } from './inputs.ts';
import type { RowsItem, ValueItem } from './live.ts';
import type { PodCheck } from './pod-check.ts';

/** Why a DaemonSet is not rolled out, from its own pods, nodes and warning events. */
export interface DaemonSetCause {
  readonly uid: string;
  /** Short, for a second line: "waits for node-041: crash loop", "2 Pending: insufficient memory". */
  readonly text?: string;
  /** Whether every missing pod is younger than 10 minutes and not failing: progressing, else degraded. */
  readonly missingPodsAreYoung: boolean;
}

/** The detail page's view of one DaemonSet. `gone` when it was deleted; a namesake with another uid is `replacedByUid`. */
export interface DaemonSetView {
  readonly row?: DaemonSetRow;
  /** Where its template wants to run. */
  readonly placement?: PodPlacement;
  readonly gone: boolean;
  readonly replacedByUid?: string;
}

export const PROPAGATION_POLICIES = ['Foreground', 'Background', 'Orphan'] as const;
export type PropagationPolicy = (typeof PROPAGATION_POLICIES)[number];

/** What a change came to. Strings of objects are raw JSON text, nothing dropped. */
export interface ChangeOutcome {
  readonly uid: string;
  readonly resourceVersion?: string;
  /** `Warning:` headers, in order. */
  readonly warnings: readonly string[];
  /** The same act as a kubectl command. */
  readonly kubectl: string;
}

export interface CreateOutcome extends ChangeOutcome {
  readonly namespace: string;
  readonly name: string;
}

export interface DeleteOutcome extends ChangeOutcome {
  /** The whole object as it was just before, as JSON text with every digit: what it can be made again from. */
  readonly jsonText: string;
}

export interface SaveOutcome extends ChangeOutcome {
  /** JSON pointers of what the edit changes; none: there was nothing to save. */
  readonly changed: readonly string[];
  /** The stored template changes: pods are replaced as the update strategy says. */
  readonly restarts: boolean;
}

/** A rollback. `changed` is empty when the DaemonSet has the revision's template already: then nothing was sent. */
export interface RollbackOutcome extends SaveOutcome {
  /** The revision's number at the time: what kubectl calls it. */
  readonly revision: number;
}

const revisionInput = z.object({ name: z.string().min(1).max(253), uid: z.string().min(1).max(128) });

export const daemonSetContract = {
  watchList: oc
    .input(contextNameInput.extend({ namespaces: namespacesInput, labelSelector: z.string().max(4096).optional() }))
    .output(eventIterator(type<RowsItem<DaemonSetRow>>())),
  watchOne: oc.input(objectRefInput).output(eventIterator(type<ValueItem<DaemonSetView>>())),
  watchRevisions: oc.input(targetInput).output(eventIterator(type<ValueItem<readonly ControllerRevisionRow[]>>())),
  /** At most 10 at a time, lowest priority; ends with the caller's signal when scrolled away. */
  causes: oc
    .input(
      contextNameInput.extend({
        targets: z
          .array(targetInput.omit({ contextName: true }))
          .min(1)
          .max(10),
      }),
    )
    .output(type<readonly DaemonSetCause[]>()),
  /**
   * Creates from YAML text (one DaemonSet, at most 3 MB). With `dryRun` nothing is stored, unknown fields are refused
   * (fieldValidation=Strict). Failure: Invalid, AlreadyExists, ManifestSyntax…, each cause with the line of the text.
   * `namespace` is used where the text names none.
   */
  create: oc
    .input(
      contextNameInput.extend({
        manifestText: z.string().max(4_000_000),
        namespace: z.string().min(1).max(253),
        dryRun: z.boolean(),
      }),
    )
    .output(type<CreateOutcome>()),
  /**
   * Dry-runs one pod as the controller would create it from the text's template, which the dry run of `create` does not. `uid`: of the
   * live DaemonSet. Fails with ManifestSyntax; stores nothing.
   */
  checkPods: oc
    .input(
      contextNameInput.extend({
        manifestText: z.string().max(4_000_000),
        namespace: z.string().min(1).max(253),
        uid: z.string().min(1).max(128).optional(),
      }),
    )
    .output(type<PodCheck>()),
  /** The whole object as the API server sends it, as JSON text. */
  read: oc.input(objectRefInput).output(type<{ readonly jsonText: string }>()),
  /**
   * Stores an edit of what was read. With `dryRun` nothing is stored, and the answer says whether pods would be replaced.
   * Failure: Invalid with causes by field; Conflict when somebody else has changed the same fields, each named.
   */
  save: oc
    .input(
      targetInput.extend({
        beforeText: z.string().max(4_000_000),
        afterText: z.string().max(4_000_000),
        dryRun: z.boolean(),
      }),
    )
    .output(type<SaveOutcome>()),
  /** The pod template that a revision keeps, as JSON text with every digit. NotFound when it is no longer kept, or another's. */
  readRevision: oc
    .input(targetInput.extend({ revision: revisionInput }))
    .output(type<{ readonly templateText: string }>()),
  /**
   * Puts a revision's template back as a whole, as `kubectl rollout undo --to-revision` does. `beforeText` is the object as it was
   * shown: Conflict when its template is another by now. With `dryRun` nothing is stored.
   */
  rollback: oc
    .input(targetInput.extend({ revision: revisionInput, beforeText: z.string().max(4_000_000), dryRun: z.boolean() }))
    .output(type<RollbackOutcome>()),
  restart: oc.input(targetInput).output(type<ChangeOutcome>()),
  delete: oc
    .input(targetInput.extend({ propagationPolicy: z.enum(PROPAGATION_POLICIES) }))
    .output(type<DeleteOutcome>()),
  /** Pods of one DaemonSet: its full selector, then the owner's uid. */
  watchPods: oc.input(targetInput).output(eventIterator(type<RowsItem<PodRow>>())),
};
