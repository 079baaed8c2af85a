/** One sleeper and those who wake it; a wake-up before the sleep is not lost. */
export class WakeUp {
  #pending = false;
  #resolve: (() => void) | undefined;

  wake(): void {
    this.#pending = true;
    this.#resolve?.();
  }

  /** Forgets wake-ups that came before. */
  clear(): void {
    this.#pending = false;
  }

  /** Resolves at the next wake-up or when the signal aborts, whichever is first; leaves no listener behind. */
  async sleep(signal: AbortSignal): Promise<void> {
    if (!this.#pending && !signal.aborted) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#resolve = resolve;
      const finish = (): void => resolve();
      signal.addEventListener('abort', finish, { once: true });
      await promise;
      signal.removeEventListener('abort', finish);
      this.#resolve = undefined;
    }
    this.#pending = false;
  }
}
