/** Where the items of a list are in its text: each from `starts[i]` to before `ends[i]`; `open` and `close` are the brackets around them. */
export interface ListSlices {
  readonly open: number;
  readonly close: number;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const ITEMS = new TextEncoder().encode('items');

/**
 * Finds the items of `{"kind": …, "items": […]}` without reading them, so that each can be parsed, made a row and forgotten before the next:
 * a whole page parsed at once is 20 MB that outlive the young generation. The text is JSON when each slice is, and the text with an empty
 * list in their place is. Undefined when it has no items, several, or is not of this shape: then the whole is to be parsed.
 */
export function sliceList(bytes: Uint8Array): ListSlices | undefined {
  const scan = new JsonScan(bytes);
  let slices: ListSlices | undefined;
  if (!scan.take(OPEN_OBJECT)) return undefined;
  do {
    const key = scan.key();
    if (key === undefined || !scan.take(COLON)) return undefined;
    if (key === 'items') {
      if (slices !== undefined) return undefined;
      slices = scan.items();
      if (slices === undefined) return undefined;
    } else if (!scan.skipValue()) return undefined;
  } while (scan.take(COMMA));
  return scan.take(CLOSE_OBJECT) && scan.atEnd ? slices : undefined;
}

/** A place in a JSON text that moves on value by value. It finds where values end; whether they are right is JSON.parse's to say. */
class JsonScan {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
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

  /** Moves over a key. One with an escape could be any, so it is answered as none. */
  key(): 'items' | 'other' | undefined {
    this.#skipSpace();
    const start = this.#at + 1;
    if (this.#bytes[this.#at] !== QUOTE || !this.#skipString()) return undefined;
    const key = this.#bytes.subarray(start, this.#at - 1);
    if (key.includes(BACKSLASH)) return undefined;
    return key.length === ITEMS.length && key.every((byte, index) => byte === ITEMS[index]) ? 'items' : 'other';
  }

  items(): ListSlices | undefined {
    if (!this.take(OPEN_LIST)) return undefined;
    const open = this.#at - 1;
    const starts: number[] = [];
    const ends: number[] = [];
    if (!this.take(CLOSE_LIST)) {
      do {
        this.#skipSpace();
        starts.push(this.#at);
        if (!this.skipValue()) return undefined;
        ends.push(this.#at);
      } while (this.take(COMMA));
      if (!this.take(CLOSE_LIST)) return undefined;
    }
    return { open, close: this.#at - 1, starts, ends };
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
