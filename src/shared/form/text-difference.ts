/** One replaced piece of a text, both ways. Offsets are UTF-16 units. */
export interface Replacement {
  readonly offset: number;
  readonly removed: string;
  readonly inserted: string;
}

/** What an editor did to a text, as it tells. */
export interface ToldChange {
  readonly before: string;
  readonly offset: number;
  /** UTF-16 units that are gone. */
  readonly length: number;
  readonly inserted: string;
}

/** Slices cost nothing and are compared at the speed of memory: a large text is walked in such steps, not unit by unit. */
const STRIDE = 65_536;

/** The one piece that differs: everything before and after it is equal. */
export function differenceOf(before: string, after: string): Replacement {
  const shorter = Math.min(before.length, after.length);
  const start = equalUnits(shorter, (from, to) => before.slice(from, to) === after.slice(from, to));
  const end = equalUnits(shorter - start, (from, to) => fromEnd(before, from, to) === fromEnd(after, from, to));
  return {
    offset: start,
    removed: before.slice(start, before.length - end),
    inserted: after.slice(start, after.length - end),
  };
}

/** The piece that a change tells, when it is one from `before` to `after`; else the one that differs. */
export function replacementBy(told: ToldChange | undefined, before: string, after: string): Replacement {
  const isOfThese = told?.before === before && before.length - told.length + told.inserted.length === after.length;
  if (!told || !isOfThese) return differenceOf(before, after);
  const { offset, length, inserted } = told;
  // A text that was put together of pieces is copied as a whole when any of it is read: a letter reads none of it.
  return { offset, removed: length === 0 ? '' : before.slice(offset, offset + length), inserted };
}

/** The two replacements, one after the other, as one. `between` is the text after the first. */
export function joinReplacements(between: string, first: Replacement, second: Replacement): Replacement {
  const at = second.offset - first.offset;
  if (at >= 0 && at + second.removed.length <= first.inserted.length) {
    const inserted = around(first.inserted, 0, first.inserted.length, at, second.removed, second.inserted);
    return smallest(first.offset, first.removed, inserted);
  }
  const start = Math.min(first.offset, second.offset);
  const end = Math.max(first.offset + first.inserted.length, second.offset + second.removed.length);
  const removed = around(between, start, end, first.offset, first.inserted, first.removed);
  const inserted = around(between, start, end, second.offset, second.removed, second.inserted);
  return smallest(start, removed, inserted);
}

function smallest(start: number, removed: string, inserted: string): Replacement {
  const { offset, ...piece } = differenceOf(removed, inserted);
  return { offset: start + offset, ...piece };
}

/** The text from `start` to `end`, in which what stands at `offset` is another piece. */
function around(text: string, start: number, end: number, offset: number, stands: string, piece: string): string {
  return text.slice(start, offset) + piece + text.slice(offset + stands.length, end);
}

function fromEnd(text: string, from: number, to: number): string {
  return text.slice(text.length - to, text.length - from);
}

/** How many units are equal, from 0 on. */
function equalUnits(limit: number, isEqual: (from: number, to: number) => boolean): number {
  let at = 0;
  while (at + STRIDE <= limit && isEqual(at, at + STRIDE)) at += STRIDE;
  let differs = Math.min(limit, at + STRIDE) + 1;
  // All before `at` is equal, and not all before `differs`.
  while (at + 1 < differs) {
    const middle = (at + differs) >> 1;
    if (isEqual(at, middle)) at = middle;
    else differs = middle;
  }
  return at;
}
