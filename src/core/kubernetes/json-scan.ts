const QUOTE = 0x22;
export const COMMA = 0x2c;
export const COLON = 0x3a;
const BACKSLASH = 0x5c;
export const OPEN_LIST = 0x5b;
export const CLOSE_LIST = 0x5d;
export const OPEN_OBJECT = 0x7b;
export const CLOSE_OBJECT = 0x7d;

/** A place in a JSON text that moves on value by value. It finds where values end; whether they are right is JSON.parse's to say. */
export class JsonScan {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get at(): number {
    return this.#at;
  }

  /** Where the next value or sign begins, behind white space. */
  get next(): number {
    this.#skipSpace();
    return this.#at;
  }

  get atEnd(): boolean {
    this.#skipSpace();
    return this.#at === this.#bytes.length;
  }

  /** Moves over one byte, after white space, when it is the one that is looked for. */
  take(byte: number): boolean {
    this.#skipSpace();
    if (this.#bytes[this.#at] !== byte) return false;
    this.#at += 1;
    return true;
  }

  /** Moves over a key and answers it; one with an escape is answered as none. */
  key(): string | undefined {
    this.#skipSpace();
    const start = this.#at + 1;
    if (this.#bytes[this.#at] !== QUOTE || !this.#skipString()) return undefined;
    const key = this.slice(start, this.#at - 1);
    return key.includes('\\') ? undefined : key;
  }

  /** The text between two places. */
  slice(start: number, end: number): string {
    return Buffer.from(this.#bytes.buffer, this.#bytes.byteOffset + start, end - start).toString('utf8');
  }

  /** Moves over one value; false at the end of the text. */
  skipValue(): boolean {
    this.#skipSpace();
    const byte = this.#bytes[this.#at];
    if (byte === QUOTE) return this.#skipString();
    if (byte === OPEN_OBJECT || byte === OPEN_LIST) return this.#skipNested();
    const start = this.#at;
    while (this.#at < this.#bytes.length && !endsLiteral(this.#bytes[this.#at])) this.#at += 1;
    return this.#at > start;
  }

  #skipNested(): boolean {
    const bytes = this.#bytes;
    let depth = 0;
    while (this.#at < bytes.length) {
      const byte = bytes[this.#at];
      if (byte === QUOTE) {
        if (!this.#skipString()) return false;
        continue;
      }
      this.#at += 1;
      if (byte === OPEN_OBJECT || byte === OPEN_LIST) depth += 1;
      else if ((byte === CLOSE_OBJECT || byte === CLOSE_LIST) && --depth === 0) return true;
    }
    return false;
  }

  /** From a quote to behind its partner. */
  #skipString(): boolean {
    const bytes = this.#bytes;
    let at = this.#at + 1;
    for (; at < bytes.length && bytes[at] !== QUOTE; at += 1) if (bytes[at] === BACKSLASH) at += 1;
    this.#at = at + 1;
    return at < bytes.length;
  }

  #skipSpace(): void {
    while (isSpace(this.#bytes[this.#at])) this.#at += 1;
  }
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

function endsLiteral(byte: number | undefined): boolean {
  return byte === COMMA || byte === CLOSE_LIST || byte === CLOSE_OBJECT || isSpace(byte);
}
