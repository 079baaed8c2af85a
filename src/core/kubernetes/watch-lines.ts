import { AppError } from '../../shared/errors/app-error.ts';

const NEWLINE = 0x0a;

/** One watch event is at most an object, and etcd takes none over 1.5 MB; 64 MB is a server gone wrong. */
export const LINE_LIMIT_BYTES = 64 * 1024 * 1024;

/** Cuts a byte stream at newlines. Chunks may end anywhere, also inside a UTF-8 character. */
export interface LineSplitter {
  /** The whole lines that the chunk completes, with their newlines, as one block; undefined when it completes none. */
  push(chunk: Uint8Array): Uint8Array | undefined;
  /** Bytes of a line that has no end yet. */
  readonly pendingBytes: number;
}

/** Fails with Disconnected when a line grows over the limit. */
export function createLineSplitter(limitBytes = LINE_LIMIT_BYTES): LineSplitter {
  let pending: Uint8Array[] = [];
  let pendingBytes = 0;

  function keep(piece: Uint8Array): void {
    if (piece.length === 0) return;
    pendingBytes += piece.length;
    if (pendingBytes > limitBytes) {
      throw new AppError({
        reason: 'Disconnected',
        message: `The API server sent a line of more than ${limitBytes} bytes in a watch.`,
        retry: true,
      });
    }
    pending.push(piece);
  }

  return {
    get pendingBytes() {
      return pendingBytes;
    },
    push(chunk) {
      const end = chunk.lastIndexOf(NEWLINE) + 1;
      if (end === 0) {
        keep(chunk);
        return undefined;
      }
      const head = chunk.subarray(0, end);
      const block = pending.length === 0 ? head : joinBytes([...pending, head]);
      pending = [];
      pendingBytes = 0;
      keep(chunk.subarray(end));
      return block;
    },
  };
}

export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const result = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    result.set(part, offset);
    offset += part.length;
  }
  return result;
}
