import { latestStream } from '../../src/core/streams/latest-stream.ts';
import type { ClusterInfo } from '../../src/shared/contract/cluster.ts';
import type { ValueItem } from '../../src/shared/contract/live.ts';

/** What is known of a cluster, as a test changes it. */
export class InfoSource {
  readers = 0;
  /** Items that were pulled out of the streams. */
  pulled = 0;
  #nodes = 0;
  readonly #listeners = new Set<() => void>();

  set nodes(count: number) {
    this.#nodes = count;
    for (const listener of this.#listeners) listener();
  }

  async *watch(signal: AbortSignal): AsyncGenerator<ValueItem<ClusterInfo>, void> {
    this.readers += 1;
    const source = {
      read: () =>
        ({ state: { phase: 'live', since: 1 }, value: { serverVersion: 'v1.37.2', nodes: this.#nodes } }) as const,
      subscribe: (listener: () => void) => {
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
      },
      release: () => {
        this.readers -= 1;
      },
    };
    for await (const item of latestStream(source, signal)) {
      this.pulled += 1;
      yield item;
    }
  }
}
