import type { AppErrorData } from '../../shared/errors/app-error.ts';
import { thrownErrorData } from './thrown-error.ts';

export type BatchItem<Result> =
  | { readonly phase: 'waiting' }
  | { readonly phase: 'running' }
  | { readonly phase: 'done'; readonly result: Result }
  | { readonly phase: 'failed'; readonly error: AppErrorData }
  /** Sent, and nobody knows what came of it. */
  | { readonly phase: 'unknown'; readonly error: AppErrorData }
  /** Stopped before it was sent. */
  | { readonly phase: 'notSent' };

export type BatchCounts = Readonly<Record<BatchItem<unknown>['phase'], number>>;

export interface BatchAct<Result> {
  readonly perform: (id: string) => Promise<Result>;
  /** Whether what was sent before was done after all: asked before an item of unknown outcome is sent again. */
  readonly lookBack?: (id: string) => Promise<Result | undefined>;
}

const AT_ONCE = 4;

/**
 * One act on many objects: a few at a time, each with its own outcome; one that fails stops none of the others. What is
 * done is never done again: another run, of all or of one, takes only what failed, was not sent, or is not known after a look.
 */
export class Batch<Result> {
  readonly #items = new Map<string, BatchItem<Result>>();
  readonly #listeners = new Set<() => void>();
  #stop: AbortController | undefined;
  #version = 0;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Another number after every change. */
  readonly getVersion = (): number => this.#version;

  get isRunning(): boolean {
    return this.#stop !== undefined;
  }

  itemOf(id: string): BatchItem<Result> | undefined {
    return this.#items.get(id);
  }

  /** What `id` came to, when it is done. */
  resultOf(id: string): Result | undefined {
    const item = this.#items.get(id);
    return item?.phase === 'done' ? item.result : undefined;
  }

  counts(): BatchCounts {
    const counts = { waiting: 0, running: 0, done: 0, failed: 0, unknown: 0, notSent: 0 };
    for (const { phase } of this.#items.values()) counts[phase] += 1;
    return counts;
  }

  /** Resolves when none of them waits any more; at once while a run is under way. */
  async run(ids: readonly string[], act: BatchAct<Result>): Promise<void> {
    if (this.#stop !== undefined) return;
    const { signal } = (this.#stop = new AbortController());
    const queue = ids.filter((id) => this.#items.get(id)?.phase !== 'done');
    const before = new Map(queue.map((id) => [id, this.#items.get(id)]));
    for (const id of queue) this.#items.set(id, { phase: 'waiting' });
    this.#changed();
    let next = 0;
    const work = async (): Promise<void> => {
      for (let id = queue[next++]; id !== undefined; id = queue[next++]) {
        const was = before.get(id);
        const unknown = was?.phase === 'unknown' ? was : undefined;
        if (signal.aborted) this.#set(id, unknown ?? { phase: 'notSent' });
        else this.#set(id, await this.#perform(id, act, unknown !== undefined));
      }
    };
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, queue.length) }, work));
    this.#stop = undefined;
    this.#changed();
  }

  /** What is not sent yet is not sent; what is on its way is waited for. */
  stop(): void {
    this.#stop?.abort();
  }

  /** Forgets everything, or all but what is done; only while nothing runs. */
  clear(which: 'all' | 'undone' = 'all'): void {
    if (this.#stop !== undefined) return;
    for (const [id, { phase }] of this.#items) if (which === 'all' || phase !== 'done') this.#items.delete(id);
    this.#changed();
  }

  async #perform(id: string, { perform, lookBack }: BatchAct<Result>, isUnknown: boolean): Promise<BatchItem<Result>> {
    this.#set(id, { phase: 'running' });
    if (isUnknown && lookBack) {
      try {
        const found = await lookBack(id);
        if (found !== undefined) return { phase: 'done', result: found };
      } catch (thrown) {
        // Nothing was learned, so nothing is sent.
        return { phase: 'unknown', error: thrownErrorData(thrown) };
      }
    }
    try {
      return { phase: 'done', result: await perform(id) };
    } catch (thrown) {
      const error = thrownErrorData(thrown);
      return { phase: error.reason === 'OutcomeUnknown' ? 'unknown' : 'failed', error };
    }
  }

  #set(id: string, item: BatchItem<Result>): void {
    this.#items.set(id, item);
    this.#changed();
  }

  #changed(): void {
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  }
}
