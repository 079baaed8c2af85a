import type { FileHandle } from 'node:fs/promises';

const NEWLINE = 10;

export interface LineLimits {
  /** How much is read at once. */
  readonly chunkBytes: number;
  /** A longer line is passed over, and its bytes are not kept. */
  readonly lineBytes: number;
}

/** Two objects of the size that etcd takes, redacted, and their words. */
export const LINE_LIMITS: LineLimits = { chunkBytes: 65_536, lineBytes: 8_000_000 };

export interface FileLine {
  /** Where its first byte stands. */
  readonly start: number;
  /** Absent where the line is too long. */
  readonly text?: string;
  /** Whether a newline ends it; else it is being written, or was cut. */
  readonly isWhole: boolean;
}

/** The lines of a file before `end`, the last first; empty ones are left out. Keeps no more than one line and one chunk. */
export async function* linesBackward(
  file: FileHandle,
  end: number,
  limits: LineLimits = LINE_LIMITS,
): AsyncGenerator<FileLine, void> {
  let line = new LineParts(limits.lineBytes, false);
  for (let start = end; start > 0;) {
    const from = Math.max(0, start - limits.chunkBytes);
    const chunk = await readPart(file, from, start - from);
    let to = chunk.length;
    for (let at = newlineBefore(chunk, to); at !== -1; at = newlineBefore(chunk, to)) {
      line.addBefore(chunk.subarray(at + 1, to));
      if (line.bytes > 0) yield line.at(from + at + 1);
      line = new LineParts(limits.lineBytes, true);
      to = at;
    }
    line.addBefore(chunk.subarray(0, to));
    start = from;
  }
  if (line.bytes > 0) yield line.at(0);
}

/** The line that begins at `start`; undefined where none does. */
export async function lineAt(
  file: FileHandle,
  { start, size }: { readonly start: number; readonly size: number },
  limits: LineLimits = LINE_LIMITS,
): Promise<string | undefined> {
  if (start >= size) return undefined;
  if (start > 0 && (await readPart(file, start - 1, 1))[0] !== NEWLINE) return undefined;
  const parts: Buffer[] = [];
  for (let at = start; at < size && at - start <= limits.lineBytes; at += limits.chunkBytes) {
    const chunk = await readPart(file, at, Math.min(limits.chunkBytes, size - at));
    const end = chunk.indexOf(NEWLINE);
    parts.push(end === -1 ? chunk : chunk.subarray(0, end));
    if (end !== -1) return Buffer.concat(parts).toString('utf8');
  }
  return undefined;
}

/** @throws Error when the file ends before */
export async function readPart(file: FileHandle, from: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  for (let filled = 0; filled < length;) {
    const { bytesRead } = await file.read(buffer, filled, length - filled, from + filled);
    if (bytesRead === 0) throw new Error('it became shorter while it was read');
    filled += bytesRead;
  }
  return buffer;
}

/** Buffer.lastIndexOf takes a negative place from the end. */
function newlineBefore(chunk: Buffer, to: number): number {
  return to === 0 ? -1 : chunk.lastIndexOf(NEWLINE, to - 1);
}

/** One line, collected from its end. */
class LineParts {
  readonly #limitBytes: number;
  readonly #isWhole: boolean;
  #parts: Buffer[] = [];
  bytes = 0;

  constructor(limitBytes: number, isWhole: boolean) {
    this.#limitBytes = limitBytes;
    this.#isWhole = isWhole;
  }

  addBefore(part: Buffer): void {
    this.bytes += part.length;
    if (this.bytes > this.#limitBytes) this.#parts = [];
    else this.#parts.unshift(part);
  }

  at(start: number): FileLine {
    const isWhole = this.#isWhole;
    if (this.bytes > this.#limitBytes) return { start, isWhole };
    return { start, isWhole, text: Buffer.concat(this.#parts).toString('utf8') };
  }
}
