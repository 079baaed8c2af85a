import { AsyncIteratorClass } from '@orpc/client';

/** A stream of the core that a test writes. Each `open` gets all items from then on; its signal ends it, as a real one. */
export class PushStream<Item> {
  readonly #readers = new Set<Reader<Item>>();
  /** How often it was opened so far. */
  opened = 0;

  get openCount(): number {
    return this.#readers.size;
  }

  open = (
    _input?: unknown,
    options?: { readonly signal?: AbortSignal | undefined },
  ): Promise<AsyncIteratorClass<Item>> => {
    const reader = new Reader<Item>();
    this.opened += 1;
    this.#readers.add(reader);
    const end = () => {
      this.#readers.delete(reader);
      reader.end();
    };
    options?.signal?.addEventListener('abort', end, { once: true });
    const stream = new AsyncIteratorClass<Item>(
      () => reader.next(),
      async () => end(),
    );
    return Promise.resolve(stream);
  };

  push(item: Item): void {
    for (const reader of this.#readers) reader.push(item);
  }

  /** Ends it for all readers, after the items that they have not taken yet. */
  end(): void {
    for (const reader of this.#readers) reader.end();
    this.#readers.clear();
  }

  fail(error: Error): void {
    for (const reader of this.#readers) reader.fail(error);
    this.#readers.clear();
  }
}

class Reader<Item> {
  readonly #items: Item[] = [];
  #waiting: (() => void) | undefined;
  #error: Error | undefined;
  #ended = false;

  push(item: Item): void {
    this.#items.push(item);
    this.#waiting?.();
  }

  fail(error: Error): void {
    this.#error = error;
    this.#waiting?.();
  }

  end(): void {
    this.#ended = true;
    this.#waiting?.();
  }

  async next(): Promise<IteratorResult<Item, undefined>> {
    while (this.#items.length === 0 && this.#error === undefined && !this.#ended) {
      await new Promise<void>((resolve) => {
        this.#waiting = resolve;
      });
    }
    const item = this.#items.shift();
    if (item !== undefined) return { done: false, value: item };
    if (this.#error !== undefined) throw this.#error;
    return { done: true, value: undefined };
  }
}
