import type { AccessAnswer, AccessCheck } from '../../shared/contract/cluster.ts';
import type { Clock } from '../../shared/clock.ts';
import type { Client } from './client.ts';

const KEPT_MS = 60_000;
/** Of one call. */
const MOST_CHECKS = 20;

interface Kept {
  readonly at: number;
  readonly answers?: readonly AccessAnswer[];
  /** The rights could not be asked for: nothing is held back, the server decides. */
  readonly failed?: boolean;
}

/** Answers of SelfSubjectAccessReview, kept for a minute: rights change seldom and every menu asks. */
export class AccessCache {
  readonly #client: Client;
  readonly #clock: Clock;
  readonly #kept = new Map<string, Kept>();
  readonly #listeners = new Set<() => void>();

  constructor(client: Client, clock: Clock) {
    this.#client = client;
    this.#clock = clock;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  answers(id: string): Kept | undefined {
    return this.#kept.get(id);
  }

  /** Asks, unless a fresh answer is there or on its way. */
  async ask(id: string, contextName: string, checks: readonly AccessCheck[]): Promise<void> {
    const kept = this.#kept.get(id);
    if (kept !== undefined && this.#clock.now() - kept.at < KEPT_MS) return;
    this.#kept.set(id, { ...kept, at: this.#clock.now() });
    try {
      const answers: AccessAnswer[] = [];
      for (let first = 0; first < checks.length; first += MOST_CHECKS)
        answers.push(
          ...(await this.#client.access.review({ contextName, checks: checks.slice(first, first + MOST_CHECKS) })),
        );
      this.#set(id, { at: this.#clock.now(), answers });
    } catch {
      // Asking is a convenience: without an answer the button works and the server says no itself.
      this.#set(id, { at: this.#clock.now(), failed: true });
    }
  }

  #set(id: string, kept: Kept): void {
    this.#kept.set(id, kept);
    for (const listener of this.#listeners) listener();
  }
}
