import { WakeUp } from './wake-up.ts';

/** Something that follows a cluster; `read` is cheap and always answers the present. */
export interface LatestSource<Item> {
  read(): Item;
  subscribe(listener: () => void): () => void;
  release(): void;
}

/** The present value, then the newest after each change; what changed while the reader was behind is passed over. */
export async function* latestStream<Item>(source: LatestSource<Item>, signal: AbortSignal): AsyncGenerator<Item, void> {
  const wakeUp = new WakeUp();
  const unsubscribe = source.subscribe(() => wakeUp.wake());
  try {
    while (!signal.aborted) {
      yield source.read();
      await wakeUp.sleep(signal);
    }
  } finally {
    unsubscribe();
    source.release();
  }
}
