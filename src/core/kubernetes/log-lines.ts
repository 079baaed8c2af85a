import { HASH_START, hashBytes, type LinesMark, type LogPosition } from './log-position.ts';
import { type LogTimestamp, parseLogTimestamp } from './log-timestamp.ts';
import { joinBytes } from './watch-lines.ts';

/** An item's size; a line longer than this comes in pieces. */
export const ITEM_LIMIT_BYTES = 64 * 1024;
/** So much of a line is held until its end comes; after that it is passed on as it arrives. */
const HOLD_LIMIT_BYTES = 256 * 1024;

const NEWLINE = 0x0a;
const NEWLINE_BYTES = Uint8Array.of(NEWLINE);

/**
 * What a kubelet writes, without a line end, where it has sent its headers and only then finds the container removed
 * (pkg/kubelet/kuberuntime/kuberuntime_container.go, GetContainerLogs, 1.37).
 */
const REMOVED_WORDS = 'unable to retrieve container logs for ';

interface CurrentLine {
  /** Undefined for a line without one: the kubelet's own words, always passed on and never counted. */
  readonly at: LogTimestamp | undefined;
  readonly isNew: boolean;
  readonly hashes: boolean;
  /** Bytes of the raw line that are not passed on: its timestamp when it is stripped, and what was passed on before a cut. */
  readonly from: number;
  offset: number;
  hash: number;
}

export interface LogBlock {
  readonly bytes: Uint8Array;
  /** The position after it; undefined inside a line. */
  readonly mark: LinesMark | undefined;
}

/** Cuts a log's bytes into lines, drops those that came before, and gives out blocks of at most ITEM_LIMIT_BYTES. */
export class LogLines {
  readonly #position: LogPosition;
  readonly #timestamps: boolean;
  #held: Uint8Array[] = [];
  #heldBytes = 0;
  #line: CurrentLine | undefined;
  #out: Uint8Array[] = [];
  #outBytes = 0;
  #blocks: LogBlock[] = [];
  /** Whether the last byte given out was no newline. */
  #openLine = false;

  constructor(position: LogPosition, timestamps: boolean) {
    this.#position = position;
    this.#timestamps = timestamps;
  }

  /** The whole lines that the chunk completes, without those that came before. */
  push(chunk: Uint8Array): readonly LogBlock[] {
    let start = 0;
    while (start < chunk.length) {
      const newline = chunk.indexOf(NEWLINE, start);
      const end = newline === -1 ? chunk.length : newline + 1;
      this.#take(chunk.subarray(start, end), newline !== -1);
      start = end;
    }
    return this.#flush();
  }

  /** The request ended before the log did: what was held comes again. */
  cut(): void {
    const line = this.#line;
    if (line?.at !== undefined && line.isNew) this.#position.passed(line.at, Math.max(line.offset, line.from));
    this.#forget();
  }

  /** The kubelet's words that the runtime has this log no more, when they are what was held; they are no line of it. */
  takeRemoval(): string | undefined {
    if (this.#heldBytes < REMOVED_WORDS.length) return undefined;
    const bytes = this.#takeHeld();
    const words = new TextDecoder().decode(bytes);
    if (words.startsWith(REMOVED_WORDS)) return words;
    this.#held = [bytes];
    this.#heldBytes = bytes.length;
    return undefined;
  }

  /** The log of an instance ended: what was held is its last line, perhaps with no line end. */
  finish(): readonly LogBlock[] {
    if (this.#heldBytes > 0) this.#begin(this.#takeHeld());
    if (this.#line !== undefined) this.#end(this.#line);
    this.#forget();
    return this.#flush();
  }

  #forget(): void {
    this.#held = [];
    this.#heldBytes = 0;
    this.#line = undefined;
  }

  #takeHeld(): Uint8Array {
    const bytes = this.#held.length === 1 ? (this.#held[0] ?? new Uint8Array()) : joinBytes(this.#held);
    this.#held = [];
    this.#heldBytes = 0;
    return bytes;
  }

  #take(piece: Uint8Array, isEnd: boolean): void {
    if (this.#line !== undefined) {
      this.#continue(this.#line, piece);
      if (isEnd) this.#end(this.#line);
      return;
    }
    if (this.#heldBytes === 0 && isEnd) {
      this.#end(this.#begin(piece));
      return;
    }
    // A copy: the chunk may belong to a buffer that is used again.
    this.#held.push(piece.slice());
    this.#heldBytes += piece.length;
    if (!isEnd && this.#heldBytes < HOLD_LIMIT_BYTES) return;
    const line = this.#begin(this.#takeHeld());
    if (isEnd) this.#end(line);
  }

  #begin(head: Uint8Array): CurrentLine {
    const at = parseLogTimestamp(head);
    const isNew = at === undefined || this.#position.isNew(at);
    const passed = isNew ? this.#position.takePartial(at) : 0;
    // The rest of the line before will never come: the file was rotated, or another instance follows.
    if (isNew && this.#openLine && passed === 0) this.#emit(NEWLINE_BYTES);
    const stamp = at !== undefined && !this.#timestamps ? at.length + 1 : 0;
    const hashes = at !== undefined && (!isNew || this.#position.needsHash(at));
    const line = { at, isNew, hashes, from: Math.max(stamp, passed), offset: 0, hash: HASH_START };
    this.#line = line;
    this.#continue(line, head);
    return line;
  }

  #continue(line: CurrentLine, piece: Uint8Array): void {
    if (line.hashes) line.hash = hashBytes(line.hash, piece);
    if (line.isNew) this.#emit(piece.subarray(Math.max(0, line.from - line.offset)));
    line.offset += piece.length;
  }

  #end(line: CurrentLine): void {
    this.#line = undefined;
    if (line.at === undefined) return;
    if (line.isNew) this.#position.kept(line.at, line.hash);
    else this.#position.dropped(line.at, line.hash);
  }

  #emit(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    // Here what is in the block was whole lines, unless this goes on with the last of them.
    if (this.#outBytes > 0 && this.#outBytes + bytes.length > ITEM_LIMIT_BYTES) this.#closeBlock();
    this.#openLine = true;
    for (let start = 0; start < bytes.length; start += ITEM_LIMIT_BYTES) {
      if (this.#outBytes >= ITEM_LIMIT_BYTES) this.#closeBlock();
      const part = bytes.subarray(start, start + ITEM_LIMIT_BYTES);
      this.#out.push(part);
      this.#outBytes += part.length;
    }
    this.#openLine = bytes.at(-1) !== NEWLINE;
  }

  #closeBlock(): void {
    this.#blocks.push({ bytes: joinBytes(this.#out), mark: this.#openLine ? undefined : this.#position.mark() });
    this.#out = [];
    this.#outBytes = 0;
  }

  #flush(): readonly LogBlock[] {
    if (this.#outBytes > 0) this.#closeBlock();
    const blocks = this.#blocks;
    this.#blocks = [];
    return blocks;
  }
}
