import type { TextEdit } from './manifest-edit.ts';

/** The text with all edits done; they are sorted and do not overlap. */
export function applyTextEdits(text: string, edits: readonly TextEdit[]): string {
  let at = 0;
  let result = '';
  for (const edit of edits) {
    result += text.slice(at, edit.offset) + edit.text;
    at = edit.offset + edit.length;
  }
  return result + text.slice(at);
}

/** Sorted, with those that touch made one; those of one place keep their order. */
export function sortedEdits(edits: readonly TextEdit[]): readonly TextEdit[] {
  const sorted: TextEdit[] = [];
  for (const edit of edits.toSorted((a, b) => a.offset - b.offset || a.length - b.length)) {
    const last = sorted.at(-1);
    if (!last || last.offset + last.length < edit.offset) {
      sorted.push(edit);
      continue;
    }
    if (last.offset + last.length > edit.offset) throw new Error('text edits overlap');
    sorted[sorted.length - 1] = {
      offset: last.offset,
      length: last.length + edit.length,
      text: last.text + edit.text,
    };
  }
  return sorted;
}

/** A stretch of the first text, or something new. */
type Piece = { readonly from: number; readonly to: number } | { readonly text: string };

/** Edits of one text after another, as edits of the first and edits that lead back. */
export class EditHistory {
  readonly #first: string;
  #pieces: readonly Piece[];

  constructor(first: string) {
    this.#first = first;
    this.#pieces = [{ from: 0, to: first.length }];
  }

  /** Edits of the text that all earlier ones led to. */
  add(edits: readonly TextEdit[]): void {
    // From the last to the first: what is before an edit keeps its offsets.
    for (const edit of edits.toReversed()) {
      const [before, rest] = split(this.#pieces, edit.offset);
      const [, after] = split(rest, edit.length);
      this.#pieces = [...before, ...(edit.text === '' ? [] : [{ text: edit.text }]), ...after];
    }
  }

  /** What leads from the first text to the last, and back; as short as they can be. */
  edits(): { readonly textEdits: readonly TextEdit[]; readonly inverse: readonly TextEdit[] } {
    const textEdits = this.#changes();
    let shift = 0;
    const inverse = textEdits.map((edit) => {
      const back = {
        offset: edit.offset + shift,
        length: edit.text.length,
        text: this.#first.slice(edit.offset, edit.offset + edit.length),
      };
      shift += edit.text.length - edit.length;
      return back;
    });
    return { textEdits, inverse };
  }

  #changes(): readonly TextEdit[] {
    const changes: TextEdit[] = [];
    let at = 0;
    let text = '';
    const flush = (to: number): void => {
      const change = shortened(this.#first, { offset: at, length: to - at, text });
      if (change.length > 0 || change.text !== '') changes.push(change);
      text = '';
    };
    for (const piece of this.#pieces) {
      if ('text' in piece) {
        text += piece.text;
      } else {
        flush(piece.from);
        at = piece.to;
      }
    }
    flush(this.#first.length);
    return changes;
  }
}

function lengthOf(piece: Piece): number {
  return 'text' in piece ? piece.text.length : piece.to - piece.from;
}

function split(pieces: readonly Piece[], offset: number): readonly [readonly Piece[], readonly Piece[]] {
  let at = 0;
  for (const [index, piece] of pieces.entries()) {
    const length = lengthOf(piece);
    if (at + length > offset) {
      const [left, right] = cut(piece, offset - at);
      return [
        [...pieces.slice(0, index), ...left],
        [...right, ...pieces.slice(index + 1)],
      ];
    }
    at += length;
  }
  return [pieces, []];
}

function cut(piece: Piece, at: number): readonly [readonly Piece[], readonly Piece[]] {
  if (at === 0) return [[], [piece]];
  if ('text' in piece) return [[{ text: piece.text.slice(0, at) }], [{ text: piece.text.slice(at) }]];
  return [[{ from: piece.from, to: piece.from + at }], [{ from: piece.from + at, to: piece.to }]];
}

/** Without what is the same at its start and end; never through a surrogate pair or a \r\n. */
function shortened(text: string, edit: TextEdit): TextEdit {
  const old = text.slice(edit.offset, edit.offset + edit.length);
  const most = Math.min(old.length, edit.text.length);
  let head = 0;
  while (head < most && old[head] === edit.text[head]) head += 1;
  while (head > 0 && (isInside(old, head) || isInside(edit.text, head))) head -= 1;
  let tail = 0;
  while (tail < most - head && old.at(-1 - tail) === edit.text.at(-1 - tail)) tail += 1;
  while (tail > 0 && (isInside(old, old.length - tail) || isInside(edit.text, edit.text.length - tail))) tail -= 1;
  return {
    offset: edit.offset + head,
    length: old.length - head - tail,
    text: edit.text.slice(head, edit.text.length - tail),
  };
}

function isInside(text: string, at: number): boolean {
  return /^(?:\r\n|[\ud800-\udbff][\udc00-\udfff])$/.test(text.slice(at - 1, at + 1));
}
