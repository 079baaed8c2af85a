import { oc, type } from '@orpc/contract';
import * as z from 'zod';

const draftIdInput = z.object({ draftId: z.uuid() });

/** What is being written, whole. */
export const draftInput = draftIdInput.extend({
  /** Where it shall be created; absent for a draft of no cluster. */
  contextName: z.string().min(1).max(4096).optional(),
  /** Used where the text names none. */
  namespace: z.string().max(253),
  text: z.string().max(4_000_000),
});
export type DraftInput = z.infer<typeof draftInput>;

export interface StoredDraft extends DraftInput {
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly savedAt: number;
}

/** A draft as a list shows it. */
export interface DraftRow extends Omit<StoredDraft, 'text'> {
  /** metadata.name, where the text can be read as one DaemonSet; else ''. */
  readonly name: string;
  readonly characters: number;
  /** Another page has it open and writes it: it is not offered there to be restored here. */
  readonly isOpenElsewhere: boolean;
}

export interface DraftList {
  /** The last written first. */
  readonly drafts: readonly DraftRow[];
  /** Files that are there and cannot be read: they are left as they are. */
  readonly unreadable: readonly { readonly file: string; readonly why: string }[];
}

/** Drafts in the data folder, one file (0600) each, written whole. The page names a new one by a random UUID. */
export const draftsContract = {
  /** Resolves when it is on disk. Of several saves that wait for one draft, only the newest is written. */
  save: oc.input(draftInput).output(type<{ readonly savedAt: number }>()),
  list: oc.output(type<DraftList>()),
  /** Fails with NotFound. */
  read: oc.input(draftIdInput).output(type<StoredDraft>()),
  /** Also when there is none. */
  remove: oc.input(draftIdInput).output(type<void>()),
};
