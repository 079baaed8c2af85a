import type { Session } from '../../src/core/session.ts';
import type { ByteWindow } from '../../src/core/streams/byte-window.ts';
import { losslessStream } from '../../src/core/streams/lossless-stream.ts';
import type { LogItem } from '../../src/shared/contract/log.ts';

const LINES_OF_A_CHUNK = 100;

/** A container that writes numbered lines as fast as it may. */
export class LogSource {
  readers = 0;
  /** Bytes that left the container: what is pending anywhere on the way is a part of them. */
  producedBytes = 0;
  totalLines = 10_000;

  read(
    input: { readonly streamId: string; readonly windowBytes: number; readonly follow: boolean },
    session: Session,
    signal: AbortSignal,
  ): AsyncGenerator<LogItem, void> {
    const { streamId, windowBytes, follow } = input;
    return losslessStream<LogItem>({
      session,
      streamId,
      windowBytes,
      signal,
      open: (window, ended) => this.#produce(window, ended, follow),
    });
  }

  async *#produce(window: ByteWindow, signal: AbortSignal, follow: boolean): AsyncGenerator<LogItem, void> {
    this.readers += 1;
    try {
      for (let line = 0; line < this.totalLines; line += LINES_OF_A_CHUNK) {
        const text = Array.from({ length: LINES_OF_A_CHUNK }, (_, i) => `${lineText(line + i)}\n`).join('');
        await window.take(text.length, signal);
        if (signal.aborted) return;
        this.producedBytes += text.length;
        yield { type: 'lines', text, bytes: text.length };
      }
      if (follow) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
      else yield { type: 'ended', why: 'complete' };
    } finally {
      this.readers -= 1;
    }
  }
}

export function lineText(number: number): string {
  return `2026-11-24T09:00:00Z line ${String(number).padStart(8, '0')} of a container that has much to say`;
}
