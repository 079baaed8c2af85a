import type { ApiUnderTest } from './api-under-test.ts';

export interface WatchEvent {
  readonly type: string;
  readonly object: unknown;
}

/** Reads a watch event by event. */
export class WatchReader implements Disposable {
  readonly #abort = new AbortController();
  readonly #lines: AsyncGenerator<string>;

  constructor(api: ApiUnderTest, path: string, limitMs: number) {
    const signal = AbortSignal.any([this.#abort.signal, AbortSignal.timeout(limitMs)]);
    this.#lines = api.lines(path, signal);
  }

  /** The next event; undefined when the server has ended the watch. Rejects when none comes within the limit. */
  async next(): Promise<WatchEvent | undefined> {
    const { value, done } = await this.#lines.next();
    return done === true ? undefined : (JSON.parse(value) as WatchEvent);
  }

  /** Events up to and with the first that the question wants; rejects when the watch ends before. */
  async until(question: (event: WatchEvent) => boolean): Promise<readonly WatchEvent[]> {
    const events: WatchEvent[] = [];
    for (;;) {
      const event = await this.next();
      if (event === undefined) throw new Error(`the watch ended after ${events.length} events`);
      events.push(event);
      if (question(event)) return events;
    }
  }

  /** All events until the server ends the watch. */
  async rest(): Promise<readonly WatchEvent[]> {
    const events: WatchEvent[] = [];
    for (let event = await this.next(); event !== undefined; event = await this.next()) events.push(event);
    return events;
  }

  [Symbol.dispose](): void {
    this.#abort.abort();
  }
}
