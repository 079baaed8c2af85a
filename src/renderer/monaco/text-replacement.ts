import { differenceOf } from '../../shared/form/text-difference.ts';

/** Offsets of UTF-16 units in the text before, the end exclusive, and what stands there afterwards. */
export interface TextReplacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A larger piece is faster, and uses less memory, as a text of its own. */
const LARGE_UNITS = 20_000;

/**
 * The one edit that makes `after` of `before`, so that cursor, folding and scroll stay where they are; undefined when so much differs
 * that it is another text. It never cuts a surrogate pair or a CRLF in two, which Monaco would round to whole ones.
 */
export function replacementOf(before: string, after: string): TextReplacement | undefined {
  const { offset, removed, inserted } = differenceOf(before, after);
  if (removed.length > LARGE_UNITS || inserted.length > LARGE_UNITS) return undefined;
  const start = isInside(before, offset) || isInside(after, offset) ? offset - 1 : offset;
  const end = offset + removed.length;
  const afterEnd = offset + inserted.length;
  const further = isInside(before, end) || isInside(after, afterEnd) ? 1 : 0;
  return { start, end: end + further, text: after.slice(start, afterEnd + further) };
}

/** Whether the units on both sides of an offset are one character to the editor. */
function isInside(text: string, offset: number): boolean {
  return /^(?:[\uD800-\uDBFF][\uDC00-\uDFFF]|\r\n)$/.test(text.slice(offset - 1, offset + 1)) && offset > 0;
}
