import type { Entry } from './entry.ts';
import type { SourceText } from './manifest-text.ts';

const BYTE_ORDER_MARK = '\ufeff';

/** Where the line that holds the offset starts; a byte order mark is before the first line. */
export function lineStart(text: string, offset: number): number {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return start === 0 && text.startsWith(BYTE_ORDER_MARK) ? 1 : offset === 0 ? 0 : start;
}

/** Where the line after the offset's starts; the text's end for the last. */
export function nextLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end + 1;
}

/** Where the offset's line ends, before its line break. */
export function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  if (end === -1) return text.length;
  return text[end - 1] === '\r' && end > offset ? end - 1 : end;
}

/** 0-based, in UTF-16 units, as YAML counts indentation. */
export function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}

/** Whether nothing but blanks is before the offset on its line. */
export function startsLine(text: string, offset: number): boolean {
  return isBlank(text.slice(lineStart(text, offset), offset));
}

export function isBlank(text: string): boolean {
  return /^[ \t\r\n]*$/.test(text);
}

/** `\r\n` where the text's first line ends so, else `\n`. */
export function lineBreakOf(text: string): '\n' | '\r\n' {
  const first = text.indexOf('\n');
  return first > 0 && text[first - 1] === '\r' ? '\r\n' : '\n';
}

/** The lines of an entry in a block collection, with the comments that belong to it (`RemoveEdit` says which). */
export interface Region {
  /** Start of its first line, comments included; the entry's own start where something else begins its line. */
  readonly start: number;
  readonly startsLine: boolean;
  /** Of the key or dash. */
  readonly column: number;
  /** Start of the first line behind it. */
  readonly end: number;
}

export function regionOf(source: SourceText, entry: Entry): Region {
  const { text } = source;
  const column = columnOf(text, entry.start);
  const ownsLine = startsLine(text, entry.start);
  const start = ownsLine ? leadOf(source, lineStart(text, entry.start), column) : entry.start;
  return { start, startsLine: ownsLine, column, end: tailOf(source, lastLineEnd(text, entry), column) };
}

/** A block scalar ends with its last line break; everything else somewhere on a line. */
function lastLineEnd(text: string, { content }: Entry): number {
  const { end } = content;
  return text[end - 1] === '\n' ? end : nextLine(text, end);
}

/** Start of the first of the comment lines that stand directly above, at the same column. */
function leadOf(source: SourceText, start: number, column: number): number {
  let lead = start;
  while (lead > 0) {
    const above = lineStart(source.text, lead - 1);
    if (above >= lead || commentColumn(source, above) !== column) return lead;
    lead = above;
  }
  return lead;
}

/** End of the last comment line that follows, deeper than the column, with nothing but blank lines between. */
function tailOf(source: SourceText, end: number, column: number): number {
  let tail = end;
  let line = end;
  while (line < source.text.length) {
    const next = nextLine(source.text, line);
    const comment = commentColumn(source, line);
    if (comment === undefined && !isBlank(source.text.slice(line, next))) return tail;
    if (comment !== undefined && comment <= column) return tail;
    if (comment !== undefined) tail = next;
    line = next;
  }
  return tail;
}

/** Column of the comment that the line consists of; undefined for any other line. */
export function commentColumn({ text, comments }: SourceText, start: number): number | undefined {
  let at = start;
  while (text[at] === ' ' || text[at] === '\t') at += 1;
  return comments.has(at) ? at - start : undefined;
}
