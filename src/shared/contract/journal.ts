import { eventIterator, oc, type } from '@orpc/contract';
import * as z from 'zod';
import type { ObjectRef } from '../kubernetes/object.ts';
import type { ValueItem } from './live.ts';

/** Where a line of the journal stands; the same for as long as its file is kept, under whatever name. */
const lineId = z.string().regex(/^[\w-]{1,64}:\d{1,15}$/);

/** `refused`: the API server answered, and did not do it. `failed`: it was not done for another reason. */
export type JournalOutcome = 'done' | 'refused' | 'failed' | 'unknown';

/** One change, as the list shows it. */
export interface JournalChange {
  readonly type: 'change';
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The journal's own word: "restart", "set image". */
  readonly act: string;
  /** As the API names it; '' where the journal does not say. */
  readonly kind: string;
  /** Its `namespace` is '' for a node. */
  readonly ref: ObjectRef;
  readonly outcome: JournalOutcome;
  /** Why it was not done, or is not known to be. */
  readonly error?: string;
  readonly kubectl: string;
}

/** A line, or a whole older file, that is there and cannot be read. */
export interface UnreadableLine {
  readonly type: 'unreadable';
  readonly id: string;
  readonly why: string;
}

export type JournalRow = JournalChange | UnreadableLine;

export interface JournalPage {
  /** The last written first. */
  readonly rows: readonly JournalRow[];
  /** What to ask for next with `before`; absent: there is nothing older. */
  readonly before?: string;
  /** The file of `before` has gone by rotation, and all that is older with it. */
  readonly isGone: boolean;
  /** Path of the file that is written now. */
  readonly file: string;
}

/** One field that a change has set, added (no `before`) or removed (no `after`); values as text. */
export interface JournalField {
  /** As the API server writes it: `spec.template.spec.containers[0].image`. */
  readonly path: string;
  readonly before?: string;
  readonly after?: string;
}

export interface JournalDetail {
  readonly uid?: string;
  /** Where the journal has both sides. What is redacted is the same on both, so it is not among them. */
  readonly fields?: readonly JournalField[];
  /** YAML, as far as the journal has the object: values of variables and of Secrets are redacted. */
  readonly before?: string;
  readonly after?: string;
}

/** What this Everynode changed, from its data folder: needs no cluster. */
export const journalContract = {
  /** Fails with InternalError where the file cannot be read. */
  page: oc
    .input(z.object({ before: lineId.optional(), limit: z.number().int().min(1).max(1000) }))
    .output(type<JournalPage>()),
  /** Fails with NotFound where rotation has taken the line away, or it cannot be read. */
  detail: oc.input(z.object({ id: lineId })).output(type<JournalDetail>()),
  /** A latest stream: how many changes this host has written; another number says that there are newer ones. */
  watchWritten: oc.output(eventIterator(type<ValueItem<number>>())),
};
