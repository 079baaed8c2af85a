import type { KubeObject } from '../objects.ts';

export interface Change<T extends KubeObject = KubeObject> {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly version: number;
  readonly key: string;
  /** The object after the change; for DELETED its last state, under the version of the deletion. */
  readonly object: T;
  readonly previous?: T;
}

/** The last changes of one resource, oldest first. What is older than the window is gone: a reader from there is told 410. */
export class EventLog<T extends KubeObject> {
  readonly #window: number;
  #changes: Change<T>[] = [];
  #start = 0;
  #floor = 0;

  constructor(window: number) {
    this.#window = window;
  }

  /** The highest version that can no longer be resumed from below. */
  get floor(): number {
    return this.#floor;
  }

  /** Forgets everything up to a version, as compaction does. */
  compact(version: number): void {
    this.#floor = Math.max(this.#floor, version);
    this.#changes = this.#changes.slice(this.#start).filter((change) => change.version > this.#floor);
    this.#start = 0;
  }

  append(change: Change<T>): void {
    this.#changes.push(change);
    if (this.#changes.length - this.#start <= this.#window) return;
    this.#floor = this.#changes[this.#start]?.version ?? this.#floor;
    this.#start += 1;
    // Cutting off the dead front only when it has grown as large as the window keeps append constant on average.
    if (this.#start >= this.#window) {
      this.#changes = this.#changes.slice(this.#start);
      this.#start = 0;
    }
  }

  /** The changes after a version, or undefined when some of them are gone. */
  after(version: number): readonly Change<T>[] | undefined {
    if (version < this.#floor) return undefined;
    let low = this.#start;
    let high = this.#changes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#changes[middle]?.version ?? 0) > version) high = middle;
      else low = middle + 1;
    }
    return this.#changes.slice(low);
  }
}
