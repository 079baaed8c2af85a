/** The rule: 90 s without a byte on a watch, and a moment to notice. */
const SILENCE_LIMIT_MS = 95_000;

export interface LivenessFacts {
  /** Milliseconds on the injected clock. */
  readonly now: number;
  readonly isLive: boolean;
  /** The rows are the server's. */
  readonly isRight: boolean;
  /** When a network that is only slow last handed out a byte; 0 in any other weather. */
  readonly lastByteAt: number;
}

/** Watches over "live": it may not stand over wrong rows for longer than silence is borne. */
export class LivenessJudge {
  readonly lies: string[] = [];
  #wrongSince: number | undefined;

  /** The state has just said that the rows may not be true. */
  confess(): void {
    this.#wrongSince = undefined;
  }

  /** A network that still hands out bytes is behind, and nobody can know it; one that hands out nothing is noticed. */
  judge({ now, isLive, isRight, lastByteAt }: LivenessFacts, words: () => string): void {
    if (!isLive || isRight) {
      this.#wrongSince = undefined;
      return;
    }
    this.#wrongSince = Math.max(this.#wrongSince ?? now, lastByteAt);
    const wrongMs = now - this.#wrongSince;
    if (wrongMs > SILENCE_LIMIT_MS) this.lies.push(`live and wrong for ${wrongMs / 1000} s: ${words()}`);
  }
}
