import type { ErrorCause } from '../errors/app-error.ts';

/** Where a finding lies: 1-based, columns in UTF-16 units as editors count them. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

/** Says why a text cannot be sent. Thrown inside the reader only, and turned into data by `readManifest`. */
export class ManifestFinding extends Error {
  override readonly name = 'ManifestFinding';
  /** UTF-16 offset in the text. */
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** Line starts of a text: \n, \r\n and \r end a line, as in editors. */
export class TextLines {
  readonly #starts: readonly number[];

  constructor(text: string) {
    const starts = [0];
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      const endsLine = code === LINE_FEED || (code === CARRIAGE_RETURN && text.charCodeAt(at + 1) !== LINE_FEED);
      if (endsLine) starts.push(at + 1);
    }
    this.#starts = starts;
  }

  positionOf(offset: number): TextPosition {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.#starts[low] ?? 0) + 1 };
  }
}

export function causeAt(message: string, position: TextPosition, path = ''): ErrorCause {
  return { path, message, line: position.line, column: position.column };
}
