import type { Clock, Timer } from '../../../shared/clock.ts';

/** What the user is writing. */
export interface Draft {
  readonly text: string;
  readonly namespace: string;
}

export interface DraftStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

const SAVE_AFTER_MS = 400;
/** Writing a large text takes longer than a frame: it waits for a pause in typing, though not for ever. */
const LARGE_CHARACTERS = 200_000;
const LARGE_AFTER_MS = 2_000;
const LARGE_AT_LATEST_MS = 20_000;

/** Keeps the draft of one context over a reload of the page, in the tab's own storage. */
export class DraftKeeper {
  readonly #storage: DraftStorage;
  readonly #clock: Clock;
  readonly #key: string;
  #waiting: Draft | undefined;
  #timer: Timer | undefined;
  /** Since when something waits. */
  #waitingSinceMs = 0;

  constructor(storage: DraftStorage, clock: Clock, contextName: string) {
    this.#storage = storage;
    this.#clock = clock;
    this.#key = `everynode.create.${contextName}`;
  }

  load(): Draft | undefined {
    try {
      const stored: unknown = JSON.parse(this.#storage.getItem(this.#key) ?? 'null');
      return isDraft(stored) ? { text: stored.text, namespace: stored.namespace } : undefined;
    } catch {
      // Storage that is forbidden or holds foreign text: there is no draft.
      return undefined;
    }
  }

  /** Kept a moment later, so that typing in a large text does not write it at every key. */
  save(draft: Draft): void {
    if (!this.#waiting) this.#waitingSinceMs = this.#clock.now();
    this.#waiting = draft;
    const isLarge = draft.text.length > LARGE_CHARACTERS;
    const isPatient = isLarge && this.#clock.now() - this.#waitingSinceMs < LARGE_AT_LATEST_MS;
    if (isPatient) this.#stopTimer();
    this.#timer ??= this.#clock.setTimeout(() => this.flush(), isLarge ? LARGE_AFTER_MS : SAVE_AFTER_MS);
  }

  /** Writes what waits, now: when the page goes. Answers false where the browser has no room for it. */
  flush(): boolean {
    this.#stopTimer();
    const draft = this.#waiting;
    this.#waiting = undefined;
    if (!draft) return true;
    try {
      this.#storage.setItem(this.#key, JSON.stringify(draft));
      return true;
    } catch {
      // Over the browser's quota: the text stays in the page, and an older one must not come back in its place.
      this.#storage.removeItem(this.#key);
      return false;
    }
  }

  clear(): void {
    this.#stopTimer();
    this.#waiting = undefined;
    this.#storage.removeItem(this.#key);
  }

  #stopTimer(): void {
    if (this.#timer !== undefined) this.#clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}

function isDraft(value: unknown): value is Draft {
  if (typeof value !== 'object' || value === null || !('text' in value) || !('namespace' in value)) return false;
  return typeof value.text === 'string' && typeof value.namespace === 'string';
}
