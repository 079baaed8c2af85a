import { utf8Bytes } from './utf8-bytes.ts';

/** A line of the log without its line feed, or a remark of the viewer between two lines (a seam, a waiting container). */
export interface LogEntry {
  readonly kind: 'line' | 'remark';
  readonly text: string;
}

export interface LogRingLimits {
  readonly lines: number;
  /** UTF-8 bytes of all texts kept. The newest entry stays, however long. */
  readonly bytes: number;
}

/** The latest entries of a log, bounded by lines and by bytes. Entries have numbers that never change, from 0 up. */
export class LogRing {
  readonly limits: LogRingLimits;
  #entries: LogEntry[] = [];
  #head = 0;
  #first = 0;
  #bytes = 0;
  #lines = 0;
  #droppedLines = 0;
  #unfinished = false;

  constructor(limits: LogRingLimits) {
    this.limits = limits;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Lines kept, remarks not counted. */
  get lineCount(): number {
    return this.#lines;
  }

  /** Lines that came and are no longer kept. */
  get droppedLines(): number {
    return this.#droppedLines;
  }

  /** Number of the oldest entry kept. */
  get firstNumber(): number {
    return this.#first;
  }

  /** Number that the next entry will have. */
  get nextNumber(): number {
    return this.#first + this.#entries.length - this.#head;
  }

  /** Whole lines, each ended by \n; a last one without it is continued by the next text. */
  pushText(text: string): void {
    if (text === '') return;
    const parts = text.split('\n');
    const rest = parts.pop() ?? '';
    for (const part of parts) this.#pushLine(part, false);
    if (rest !== '') this.#pushLine(rest, true);
    this.#trim();
  }

  pushRemark(text: string): void {
    this.#unfinished = false;
    this.#add({ kind: 'remark', text });
    this.#trim();
  }

  /** Entries from a number on, oldest first; from the oldest kept when that one is gone. */
  entriesFrom(number: number): readonly LogEntry[] {
    return this.#entries.slice(this.#head + Math.max(0, number - this.#first));
  }

  /** The lines kept as one text, each ended by \n. Remarks are ours and not the container's: left out. */
  text(): string {
    const lines = this.entriesFrom(0).filter((entry) => entry.kind === 'line');
    return lines.map((entry) => `${entry.text}\n`).join('');
  }

  clear(): void {
    this.#first = this.nextNumber;
    this.#entries = [];
    this.#head = 0;
    this.#bytes = 0;
    this.#lines = 0;
    this.#droppedLines = 0;
    this.#unfinished = false;
  }

  #pushLine(part: string, unfinished: boolean): void {
    const last = this.#entries.at(-1);
    if (this.#unfinished && last && this.#entries.length > this.#head) {
      this.#entries[this.#entries.length - 1] = { kind: 'line', text: last.text + part };
      this.#bytes += utf8Bytes(part);
    } else {
      this.#add({ kind: 'line', text: part });
    }
    this.#unfinished = unfinished;
  }

  #add(entry: LogEntry): void {
    this.#entries.push(entry);
    this.#bytes += utf8Bytes(entry.text);
    if (entry.kind === 'line') this.#lines += 1;
  }

  #trim(): void {
    while (this.#lines > this.limits.lines || this.#bytes > this.limits.bytes) {
      if (this.#entries.length - this.#head <= 1) break;
      const oldest = this.#entries[this.#head];
      if (!oldest) break;
      this.#head += 1;
      this.#first += 1;
      this.#bytes -= utf8Bytes(oldest.text);
      if (oldest.kind === 'line') {
        this.#lines -= 1;
        this.#droppedLines += 1;
      }
    }
    // The array is cut now and then: once for as many entries as it keeps, so that a push costs no copy.
    if (this.#head > 1024 && this.#head * 2 > this.#entries.length) {
      this.#entries = this.#entries.slice(this.#head);
      this.#head = 0;
    }
  }
}
