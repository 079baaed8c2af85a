import type { Clock, Timer } from '../../../shared/clock.ts';
import type { DraftInput, DraftList, StoredDraft } from '../../../shared/contract/drafts.ts';

/** What the user is writing. */
export interface Draft {
  readonly text: string;
  readonly namespace: string;
}

/** What may be blank is short: to look through a large text costs a key a part of its frame. */
const BLANK_UNITS = 10_000;

/** Whether there is no text yet. */
export function isBlank(text: string): boolean {
  return text.length <= BLANK_UNITS && text.trim() === '';
}

/** A draft that was kept, and when (milliseconds since 1970). */
export interface KeptDraft extends Draft {
  readonly savedAt: number;
}

export interface DraftStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** The drafts of the core: the contract's `drafts`. */
export interface DraftsClient {
  save(draft: DraftInput): Promise<unknown>;
  list(): Promise<DraftList>;
  read(input: { readonly draftId: string }): Promise<StoredDraft>;
  remove(input: { readonly draftId: string }): Promise<unknown>;
}

export interface DraftKeeperOptions {
  readonly storage: DraftStorage;
  readonly drafts: DraftsClient;
  readonly clock: Clock;
  readonly contextName: string;
  /** A random UUID. */
  readonly newId: () => string;
  /** Is told once why a draft is not kept on disk. */
  readonly onProblem: (error: unknown) => void;
}

/** At most so much is lost when the page or the host is killed. */
const SAVE_AFTER_MS = 300;
/** Writing a large text takes longer than a frame: it waits for a pause in typing, though not for ever. */
const LARGE_CHARACTERS = 200_000;
const LARGE_AFTER_MS = 2000;
const LARGE_AT_LATEST_MS = 20_000;

/**
 * Keeps the draft of one context: in the tab's own storage, which a reload reads at once, and by the core on disk, which outlives a
 * crash of the page, of the browser and of the host.
 */
export class DraftKeeper {
  readonly #options: DraftKeeperOptions;
  readonly #key: string;
  #draftId: string | undefined;
  #waiting: Draft | undefined;
  #timer: Timer | undefined;
  #hasProblem = false;
  #restoring: Promise<KeptDraft | undefined> | undefined;
  /** Since when something waits. */
  #waitingSinceMs = 0;

  constructor(options: DraftKeeperOptions) {
    this.#options = options;
    this.#key = `everynode.create.${options.contextName}`;
  }

  /** The tab's own. */
  load(): KeptDraft | undefined {
    try {
      const stored: unknown = JSON.parse(this.#options.storage.getItem(this.#key) ?? 'null');
      if (!isStored(stored)) return undefined;
      const { draftId, text, namespace, savedAt } = stored;
      this.#draftId = draftId;
      return { text, namespace, savedAt };
    } catch {
      // Storage that is forbidden or holds foreign text: there is no draft.
      return undefined;
    }
  }

  /** What a crash has left for this context, and no other page has open; looked for once. Undefined when the tab has one of its own. */
  restore(): Promise<KeptDraft | undefined> {
    return (this.#restoring ??= this.#restore());
  }

  async #restore(): Promise<KeptDraft | undefined> {
    const { drafts, contextName } = this.#options;
    const { drafts: rows } = await drafts.list();
    const left = rows.find((row) => row.contextName === contextName && !row.isOpenElsewhere);
    if (!left || this.#isBegun) return undefined;
    const { draftId, text, namespace, savedAt } = await drafts.read({ draftId: left.draftId });
    // Who has begun to type meanwhile keeps that; the other one is offered the next time.
    if (this.#isBegun) return undefined;
    this.#draftId = draftId;
    return { text, namespace, savedAt };
  }

  get #isBegun(): boolean {
    return this.#draftId !== undefined || this.#waiting !== undefined;
  }

  /** Kept a moment later, so that typing in a large text does not write it at every key. */
  save(draft: Draft): void {
    if (!this.#waiting) this.#waitingSinceMs = this.#options.clock.now();
    this.#waiting = draft;
    const { clock } = this.#options;
    const isLarge = draft.text.length > LARGE_CHARACTERS;
    const isPatient = isLarge && clock.now() - this.#waitingSinceMs < LARGE_AT_LATEST_MS;
    if (isPatient) this.#stopTimer();
    this.#timer ??= clock.setTimeout(() => this.flush(), isLarge ? LARGE_AFTER_MS : SAVE_AFTER_MS);
  }

  /** Writes what waits, now: when the page goes. Answers false where the browser has no room for it. */
  flush(): boolean {
    this.#stopTimer();
    const draft = this.#waiting;
    this.#waiting = undefined;
    if (!draft) return true;
    const { contextName, drafts, storage, clock, newId } = this.#options;
    const draftId = (this.#draftId ??= newId());
    drafts.save({ draftId, contextName, ...draft }).then(
      () => (this.#hasProblem = false),
      (error: unknown) => this.#tell(error),
    );
    try {
      storage.setItem(this.#key, JSON.stringify({ draftId, ...draft, savedAt: clock.now() }));
      return true;
    } catch {
      // Over the browser's quota: an older text must not come back in its place; the core has the newest.
      storage.removeItem(this.#key);
      return false;
    }
  }

  clear(): void {
    this.#stopTimer();
    this.#waiting = undefined;
    const draftId = this.#draftId;
    this.#draftId = undefined;
    const { drafts, storage } = this.#options;
    storage.removeItem(this.#key);
    if (draftId !== undefined) drafts.remove({ draftId }).catch((error: unknown) => this.#tell(error));
  }

  #tell(error: unknown): void {
    if (this.#hasProblem) return;
    this.#hasProblem = true;
    this.#options.onProblem(error);
  }

  #stopTimer(): void {
    if (this.#timer !== undefined) this.#options.clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}

function isStored(value: unknown): value is KeptDraft & { readonly draftId: string } {
  if (typeof value !== 'object' || value === null || !('text' in value) || !('namespace' in value)) return false;
  if (!('draftId' in value) || !('savedAt' in value)) return false;
  const { text, namespace, draftId, savedAt } = value;
  return [text, namespace, draftId].every((each) => typeof each === 'string') && typeof savedAt === 'number';
}
