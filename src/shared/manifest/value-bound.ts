import type { ReadLimits } from './node-reader.ts';

/**
 * Where a text certainly has more values than the limit, found in one pass over its characters (some ms for 3 MB, where
 * lexing takes half a second). It counts only what it is sure of, so that nothing is refused that would be read: it
 * knows the plain forms of block lines and of brackets, and stops counting at the first thing that it does not know, as
 * at what the gate refuses early anyway. Undefined then, and where the limit is not reached.
 */
export function beyondValueLimit(text: string, limits: Pick<ReadLimits, 'nodes' | 'depth'>): number | undefined {
  return text.length > limits.nodes ? new ValueScan(text, limits).beyond() : undefined;
}

const BYTE_ORDER_MARK = '\ufeff';

/** Thrown at what the scan does not know: what was counted until then was within the limit. */
class Unknown extends Error {}

/** Thrown where the count is beyond the limit. */
class Beyond extends Error {
  readonly offset: number;

  constructor(offset: number) {
    super('beyond the limit');
    this.offset = offset;
  }
}

class ValueScan {
  readonly #text: string;
  readonly #limits: Pick<ReadLimits, 'nodes' | 'depth'>;
  #at = 0;
  #count = 0;
  /** Lines further right than this go on with the scalar above them. */
  #scalarColumn = Infinity;

  constructor(text: string, limits: Pick<ReadLimits, 'nodes' | 'depth'>) {
    this.#text = text;
    this.#limits = limits;
  }

  beyond(): number | undefined {
    // Readers differ on a line that ends so.
    if (/\r(?!\n)/.test(this.#text)) return undefined;
    try {
      if (this.#char() === BYTE_ORDER_MARK) this.#at += 1;
      while (this.#at < this.#text.length) this.#line();
      return undefined;
    } catch (error) {
      if (error instanceof Beyond) return error.offset;
      if (error instanceof Unknown) return undefined;
      throw error;
    }
  }

  #char(ahead = 0): string {
    return this.#text.charAt(this.#at + ahead);
  }

  #values(more: number, offset: number): void {
    this.#count += more;
    if (this.#count > this.#limits.nodes) throw new Beyond(offset);
  }

  /** From a line's start to the next one's. */
  #line(): void {
    const start = this.#at;
    this.#skipBlanks();
    const char = this.#char();
    const column = this.#at - start;
    if (isLineEnd(char) || column > this.#scalarColumn) return this.#skipLine();
    this.#scalarColumn = Infinity;
    if (char === '#') return this.#skipLine();
    if (column === 0 && this.#isMarker()) {
      this.#at += 3;
      this.#count = 0;
      return this.#endLine();
    }
    const { dashes, parent } = this.#dashes(start);
    return this.#entry(start, dashes, parent);
  }

  #isMarker(): boolean {
    const char = this.#char();
    return (char === '-' || char === '.') && this.#char(1) === char && this.#char(2) === char;
  }

  /** Dashes with a blank behind them: an item each. */
  #dashes(start: number): { readonly dashes: number; readonly parent: number } {
    let dashes = 0;
    let parent = -1;
    while (this.#char() === '-' && isSpace(this.#char(1))) {
      dashes += 1;
      if (dashes > this.#limits.depth) throw new Unknown();
      parent = this.#at - start;
      this.#values(1, this.#at);
      this.#at += 1;
      this.#skipBlanks();
    }
    return { dashes, parent };
  }

  /** A key with its value, or the value of a dash. */
  #entry(start: number, dashes: number, parent: number): void {
    const column = this.#at - start;
    this.#props();
    const first = this.#at;
    if (isPlainStart(this.#char(), this.#char(1))) {
      const isKey = this.#plain();
      if (!isKey) return this.#endPlain(dashes, parent);
      this.#values(2, first);
      return this.#value(column);
    }
    if (isQuote(this.#char())) {
      this.#quotedOnLine();
      if (this.#char() !== ':') return this.#endValue(dashes);
      this.#at += 1;
      if (!isSpace(this.#char())) throw new Unknown();
      this.#values(2, first);
      return this.#value(column);
    }
    if (dashes > 0) return this.#value(parent);
    return this.#bracketsAlone();
  }

  /** A text on a line of its own goes on below in ways that depend on what is above it. */
  #endPlain(dashes: number, parent: number): void {
    if (dashes === 0) throw new Unknown();
    this.#scalarColumn = parent;
    this.#skipLine();
  }

  #endValue(dashes: number): void {
    if (dashes === 0) throw new Unknown();
    this.#endLine();
  }

  #bracketsAlone(): void {
    // Not counted: it may be the value of the key above, which is.
    if (!isOpening(this.#char())) throw new Unknown();
    this.#brackets();
    this.#endLine();
  }

  /** What is behind a colon or a dash that is counted; `parent` is the column of its key or dash. */
  #value(parent: number): void {
    this.#skipBlanks();
    this.#props();
    const char = this.#char();
    if (isLineEnd(char) || char === '#') return this.#endLine();
    if (isPlainStart(char, this.#char(1))) {
      if (this.#plain()) throw new Unknown();
      this.#scalarColumn = parent;
      return this.#skipLine();
    }
    if (isQuote(char)) {
      this.#quotedOnLine();
      return this.#endLine();
    }
    if (isOpening(char)) {
      this.#brackets();
      return this.#endLine();
    }
    if (char !== '|' && char !== '>') throw new Unknown();
    // A block scalar, `|` or `>`.
    this.#scalarColumn = parent;
    return this.#skipLine();
  }

  /** Anchors and tags. */
  #props(): void {
    for (let char = this.#char(); char === '&' || char === '!'; char = this.#char()) {
      while (!isSpace(this.#char()) && this.#char() !== ',' && !isBracket(this.#char())) this.#at += 1;
      if (this.#char() === ',' || isBracket(this.#char())) throw new Unknown();
      this.#skipBlanks();
    }
  }

  /** To a plain scalar's end on its line, or behind the colon that makes it a key: true then. */
  #plain(): boolean {
    for (; ; this.#at += 1) {
      const char = this.#char();
      if (isLineEnd(char)) return false;
      if (char === '\t') throw new Unknown();
      if (char === '#' && this.#char(-1) === ' ') return false;
      if (char === ':' && isSpace(this.#char(1))) {
        this.#at += 1;
        return true;
      }
    }
  }

  /** To behind its closing quote, on the same line. */
  #quotedOnLine(): void {
    const start = this.#at;
    this.#quoted();
    const end = this.#text.indexOf('\n', start);
    if (end !== -1 && end < this.#at) throw new Unknown();
  }

  #quoted(): void {
    const quote = this.#char();
    const isDouble = quote === '"';
    for (this.#at += 1; this.#at < this.#text.length; this.#at += 1) {
      const char = this.#char();
      if (isDouble && char === '\\') {
        this.#at += 1;
      } else if (char === quote && !isDouble && this.#char(1) === quote) {
        this.#at += 1;
      } else if (char === quote) {
        this.#at += 1;
        return;
      } else if (char === '\n' && (this.#char(1) === '-' || this.#char(1) === '.')) {
        throw new Unknown();
      }
    }
    throw new Unknown();
  }

  /** From an opening bracket, which is counted, to behind its closing one: of each entry its first value is counted. */
  #brackets(): void {
    let depth = 0;
    let state: 'fresh' | 'plain' | 'value' | 'behind' = 'fresh';
    let isCounted = false;
    for (; this.#at < this.#text.length; this.#at += 1) {
      const char = this.#char();
      if (isOpening(char)) {
        if (state === 'plain' || state === 'behind') throw new Unknown();
        if (depth > 0) this.#values(isCounted ? 0 : 1, this.#at);
        depth += 1;
        if (depth > this.#limits.depth) throw new Unknown();
        [state, isCounted] = ['fresh', false];
      } else if (isBracket(char)) {
        depth -= 1;
        [state, isCounted] = ['behind', true];
        if (depth === 0) {
          this.#at += 1;
          return;
        }
      } else if (char === ',') {
        [state, isCounted] = ['fresh', false];
      } else if (isSpace(char)) {
        this.#bracketSpace(char);
      } else if (char === '#' && (state !== 'plain' || isSpace(this.#char(-1)))) {
        if (!isSpace(this.#char(-1))) throw new Unknown();
        this.#at = this.#lineEnd() - 1;
        // A comment ends a plain scalar: what goes on behind it is for the reader to judge.
        if (state === 'plain') state = 'behind';
      } else if (char === ':' && (state === 'behind' || isSpace(this.#char(1)))) {
        state = 'value';
      } else if (state === 'plain') {
        if (isQuote(char) && isSpace(this.#char(-1))) throw new Unknown();
      } else {
        if (state === 'behind') throw new Unknown();
        if (!isCounted) this.#values(1, this.#at);
        isCounted = true;
        state = this.#bracketScalar(char);
      }
    }
    throw new Unknown();
  }

  #bracketScalar(char: string): 'plain' | 'behind' {
    if (isQuote(char)) {
      this.#quoted();
      this.#at -= 1;
      return 'behind';
    }
    if (!isPlainStart(char, this.#char(1))) throw new Unknown();
    return 'plain';
  }

  /** A tab, or a document's marker at a line's start, is for the reader to judge. */
  #bracketSpace(char: string): void {
    const next = this.#char(1);
    if (char === '\t' || (char === '\n' && (next === '-' || next === '.'))) throw new Unknown();
  }

  #skipBlanks(): void {
    while (this.#char() === ' ') this.#at += 1;
  }

  /** Nothing or a comment up to the line's end. */
  #endLine(): void {
    this.#skipBlanks();
    const isComment = this.#char() === '#' && this.#char(-1) === ' ';
    if (!isComment && !isLineEnd(this.#char())) throw new Unknown();
    this.#skipLine();
  }

  #skipLine(): void {
    this.#at = Math.min(this.#text.length, this.#lineEnd() + 1);
  }

  #lineEnd(): number {
    const end = this.#text.indexOf('\n', this.#at);
    return end === -1 ? this.#text.length : end;
  }
}

/** The text's end too, which has no character. */
function isLineEnd(char: string): boolean {
  return char === '\n' || char === '\r' || char === '';
}

function isSpace(char: string): boolean {
  return char === ' ' || char === '\t' || isLineEnd(char);
}

function isQuote(char: string): boolean {
  return char === '"' || char === "'";
}

function isOpening(char: string): boolean {
  return char === '[' || char === '{';
}

function isBracket(char: string): boolean {
  return isOpening(char) || char === ']' || char === '}';
}

/** What is no indicator in any place; a dash is none before what is neither a blank nor a bracket. */
function isPlainStart(char: string, next: string): boolean {
  return /^[\w./~$(+;^]/.test(char) || (char === '-' && !isSpace(next) && !isBracket(next) && next !== ',');
}
