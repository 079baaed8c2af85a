import type { Client } from '../../live/client.ts';

/** Gives a stream's bytes back to the core: one call at a time, with all that came together meanwhile. */
export class CreditReturn {
  readonly #client: Client;
  readonly #streamId: string;
  #bytes = 0;
  #isSending = false;
  #stopped = false;

  constructor(client: Client, streamId: string) {
    this.#client = client;
    this.#streamId = streamId;
  }

  give(bytes: number): void {
    this.#bytes += bytes;
    if (!this.#isSending) void this.#send();
  }

  stop(): void {
    this.#stopped = true;
  }

  async #send(): Promise<void> {
    this.#isSending = true;
    while (this.#bytes > 0 && !this.#stopped) {
      const bytes = this.#bytes;
      this.#bytes = 0;
      try {
        await this.#client.stream.credit({ streamId: this.#streamId, bytes });
      } catch {
        // The way to the core is gone, and with it the stream, whose own failure is shown. Nothing is left to give back to.
        this.#stopped = true;
      }
    }
    this.#isSending = false;
  }
}
