import type { ReadState, ValueItem } from '../../shared/contract/live.ts';
import type { AppErrorData } from '../../shared/errors/app-error.ts';
import type { Frames } from './frames.ts';

const CONNECTING: ReadState = { phase: 'connecting' };

/** The newest value of one `latest` stream, published once per frame; it stays while the stream is reopened. */
export class ValueStore<Value> {
  readonly #frames: Frames;
  readonly #listeners = new Set<() => void>();
  #snapshot: ValueItem<Value> = { state: CONNECTING };
  #next: ValueItem<Value> | undefined;

  constructor(frames: Frames) {
    this.#frames = frames;
  }

  getSnapshot = (): ValueItem<Value> => this.#snapshot;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  apply(item: ValueItem<Value>): void {
    this.#set(item.state, item.value ?? this.#latest().value);
  }

  disconnected(error: AppErrorData, now: number): void {
    const { value, state } = this.#latest();
    if (state.phase === 'stale') return;
    this.#set(value === undefined ? CONNECTING : { phase: 'stale', since: now, error }, value);
  }

  failed(error: AppErrorData): void {
    this.#set({ phase: 'failed', error }, this.#latest().value);
  }

  #latest(): ValueItem<Value> {
    return this.#next ?? this.#snapshot;
  }

  #set(state: ReadState, value: Value | undefined): void {
    const waiting = this.#next !== undefined;
    this.#next = value === undefined ? { state } : { state, value };
    if (!waiting) this.#frames.request(() => this.#publish());
  }

  #publish(): void {
    if (this.#next === undefined) return;
    this.#snapshot = this.#next;
    this.#next = undefined;
    for (const listener of this.#listeners) listener();
  }
}
