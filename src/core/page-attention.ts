import type { Clock, Timer } from '../shared/clock.ts';
import { VISIBLE_FOR_MS } from '../shared/contract/visibility.ts';
import type { Attention } from './attention.ts';

/**
 * One page's part in the attention of what it reads. A page that says nothing is not visible, and one that said that it is, is believed
 * for VISIBLE_FOR_MS: it may have vanished without a word.
 */
export class PageAttention {
  readonly #reads = new Map<Attention, { count: number; release: (() => void) | undefined }>();
  #visible = false;
  #endExpiry: () => void = () => undefined;
  #ended = false;

  get visible(): boolean {
    return this.#visible;
  }

  /** What the page said of itself just now. */
  report(visible: boolean, clock: Clock): void {
    if (this.#ended) return;
    this.#endExpiry();
    if (visible) this.#expireOn(clock);
    this.#set(visible);
  }

  /** The page reads something until the answered function is called; its attention is held while the page is visible. */
  read(attention: Attention): () => void {
    const entry = this.#reads.get(attention) ?? { count: 0, release: undefined };
    this.#reads.set(attention, entry);
    entry.count += 1;
    if (this.#visible) entry.release ??= attention.hold();
    let reading = true;
    return () => {
      if (!reading) return;
      reading = false;
      entry.count -= 1;
      if (entry.count > 0) return;
      entry.release?.();
      this.#reads.delete(attention);
    };
  }

  /** The page is gone. */
  end(): void {
    this.#ended = true;
    this.#endExpiry();
    this.#set(false);
  }

  #expireOn(clock: Clock): void {
    const timer: Timer = clock.setTimeout(() => this.#set(false), VISIBLE_FOR_MS);
    this.#endExpiry = () => clock.clearTimeout(timer);
  }

  #set(visible: boolean): void {
    this.#visible = visible;
    for (const [attention, entry] of this.#reads) {
      if (visible) entry.release ??= attention.hold();
      else {
        entry.release?.();
        entry.release = undefined;
      }
    }
  }
}
