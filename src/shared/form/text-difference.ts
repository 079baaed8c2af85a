/** One replaced piece of a text, both ways. Offsets are UTF-16 units. */
export interface Replacement {
  readonly offset: number;
  readonly removed: string;
  readonly inserted: string;
}

/** Slices cost nothing and are compared at the speed of memory: a large text is walked in such steps, not unit by unit. */
const STRIDE = 4096;

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

/** The two replacements, one after the other, as one. `between` is the text after the first. */
export function joinReplacements(between: string, first: Replacement, second: Replacement): Replacement {
  const start = Math.min(first.offset, second.offset);
  const end = Math.max(first.offset + first.inserted.length, second.offset + second.removed.length);
  const removed = around(between, start, end, first.offset, first.inserted, first.removed);
  const inserted = around(between, start, end, second.offset, second.removed, second.inserted);
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
