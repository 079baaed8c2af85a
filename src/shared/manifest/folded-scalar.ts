import { NOT_IN_BLOCKS } from './block-scalar.ts';
import type { BlockScalar } from './block-scalar.ts';

/** A line of a folded scalar's text, with what stands for it in the source: several source lines when it is wrapped. */
interface FoldedLine {
  readonly text: string;
  /** Line breaks of the text before it; of the first, all that the text begins with. */
  readonly breaks: number;
  readonly source: readonly string[];
  /** The empty source lines before it. */
  readonly empty: readonly string[];
}

/** A line of a text that is to be folded. */
type NewLine = Pick<FoldedLine, 'text' | 'breaks'>;

/** What is never wrapped narrower or wider, whatever the longest source line is. */
const MIN_WIDTH = 40;
const MAX_WIDTH = 120;

/** A folded scalar as it is written. */
export interface FoldedSource {
  /** `>`, `>-`, `>2+` */
  readonly header: string;
  /** Of its text. */
  readonly column: number;
  /** Below the header, with their indentation and without line breaks. */
  readonly lines: readonly string[];
}

/**
 * A folded scalar (`>`) with another text. Source lines of what did not change stay as they are, also within a
 * paragraph; what changed is wrapped at the longest source line's width, between 40 and 120. The lines have their
 * indentation. Undefined where the text, or the scalar as it is written, is not one that this folds.
 */
export function refolded({ header, column, lines }: FoldedSource, text: string): BlockScalar | undefined {
  const { body, trailing } = textAndEnd(text);
  if (NOT_IN_BLOCKS.test(text) || !text.isWellFormed() || body === '' || /^\n*[ \t]/.test(body)) return undefined;
  const source = lines.map((line) => (isEmpty(line) ? line : line.slice(column)));
  if (lines.some((line, index) => !isRead(line, column) || NOT_IN_BLOCKS.test(textIn(source[index])))) return undefined;
  const last = source.findLastIndex((line) => !isEmpty(line));
  const written = folded(oldLinesOf(source.slice(0, last + 1)), newLinesOf(body), widthOf(source));
  const indentedLines = written.map((line) => (isEmpty(line) ? line : ' '.repeat(column) + line));
  const before = header.includes('-') ? 0 : header.includes('+') ? source.length - last : 1;
  if (trailing === before) return { header, lines: [...indentedLines, ...source.slice(last + 1)] };
  const chomp = trailing === 0 ? '-' : trailing === 1 ? '' : '+';
  const kept = Array.from({ length: Math.max(0, trailing - 1) }, () => '');
  return { header: header.replaceAll(/[-+]/g, '') + chomp, lines: [...indentedLines, ...kept] };
}

/** Whether a source line is an empty one, or begins its text at the column or behind it. */
function isRead(line: string, column: number): boolean {
  return isEmpty(line) ? /^ *$/.test(line) && line.length <= column : /^ *$/.test(line.slice(0, column));
}

function textIn(line: string | undefined): string {
  return line === undefined || isEmpty(line) ? '' : line;
}

function textAndEnd(text: string): { readonly body: string; readonly trailing: number } {
  const trailing = /\n*$/.exec(text)?.[0].length ?? 0;
  return { body: text.slice(0, text.length - trailing), trailing };
}

function isEmpty(line: string): boolean {
  return /^[ \t]*$/.test(line);
}

/** A line that begins with a blank is not folded, and neither are the line breaks around it. */
function isIndented(line: string): boolean {
  return /^[ \t]/.test(line);
}

function widthOf(source: readonly string[]): number {
  return Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, ...source.map((line) => line.length)));
}

/** As a reader unfolds them (yaml_parser_scan_block_scalar of libyaml, block folding in YAML 1.2.2 § 8.1.3). */
function oldLinesOf(source: readonly string[]): readonly FoldedLine[] {
  const lines: FoldedLine[] = [];
  let empty: string[] = [];
  for (const line of source) {
    if (isEmpty(line)) {
      empty.push(line);
      continue;
    }
    const last = lines.at(-1);
    const isKept = last === undefined || isIndented(last.text) || isIndented(line);
    if (last && !isKept && empty.length === 0) {
      lines[lines.length - 1] = { ...last, text: `${last.text} ${line}`, source: [...last.source, line] };
    } else {
      const breaks = empty.length + (last && isKept ? 1 : 0);
      lines.push({ text: line, breaks, source: [line], empty });
    }
    empty = [];
  }
  return lines;
}

function newLinesOf(body: string): readonly NewLine[] {
  const lines: NewLine[] = [];
  let breaks = 0;
  for (const [index, text] of body.split('\n').entries()) {
    if (index > 0) breaks += 1;
    if (text === '') continue;
    lines.push({ text, breaks });
    breaks = 0;
  }
  return lines;
}

/** The source lines: of the lines that are the same at both ends, and in between of each old one with the new in its place. */
function folded(old: readonly FoldedLine[], next: readonly NewLine[], width: number): readonly string[] {
  const shorter = Math.min(old.length, next.length);
  const isSame = (a: NewLine | undefined, b: NewLine | undefined): boolean => a?.text === b?.text;
  let head = 0;
  while (head < shorter && isSame(old[head], next[head])) head += 1;
  let tail = 0;
  while (tail < shorter - head && isSame(old.at(-1 - tail), next.at(-1 - tail))) tail += 1;
  return next.flatMap((line, index) => {
    const isInTail = index >= next.length - tail;
    const at = isInTail ? index - next.length + old.length : index;
    const own = isInTail || index < old.length - tail ? old[at] : undefined;
    return [
      ...emptyLines(line, next[index - 1], own),
      ...(own ? rewrapped(own, line.text, width) : wrapped(line.text, width)),
    ];
  });
}

/** As many as the line breaks need; those that were there when they are as many. */
function emptyLines(line: NewLine, previous: NewLine | undefined, own: FoldedLine | undefined): readonly string[] {
  const isKept = previous !== undefined && (isIndented(previous.text) || isIndented(line.text));
  const count = line.breaks - (isKept ? 1 : 0);
  return own?.empty.length === count ? own.empty : Array.from({ length: count }, () => '');
}

/** Another text for a wrapped line: source lines that the change does not reach stay. */
function rewrapped({ text, source }: FoldedLine, next: string, width: number): readonly string[] {
  if (text === next) return source;
  if (isIndented(text) || isIndented(next)) return wrapped(next, width);
  const most = Math.min(text.length, next.length);
  let same = 0;
  while (same < most && text[same] === next[same]) same += 1;
  let sameEnd = 0;
  while (sameEnd < most && text.at(-1 - sameEnd) === next.at(-1 - sameEnd)) sameEnd += 1;
  // Where the source lines that stay end in the new text, with the blank behind them.
  let start = 0;
  let head = 0;
  for (const line of source) {
    const behind = start + line.length + 1;
    if (behind > same || isAtBlank(next, behind)) break;
    start = behind;
    head += 1;
  }
  let end = next.length;
  let tail = 0;
  for (const line of source.slice(head).toReversed()) {
    const before = end - line.length - 1;
    if (next.length - before > sameEnd || before < start - 1) break;
    end = before;
    tail += 1;
  }
  return spliced(source, next, { head, start, tail, end }, width);
}

interface Middle {
  readonly head: number;
  readonly start: number;
  readonly tail: number;
  readonly end: number;
}

/** A stretch that would be no line of its own, or begin or end with a blank, takes a line of the tail in. */
function spliced(source: readonly string[], next: string, middle: Middle, width: number): readonly string[] {
  const { head, start } = middle;
  let { tail, end } = middle;
  const isWhole = (): boolean => end === start - 1 || (end > start && next[end - 1] !== ' ' && next[end - 1] !== '\t');
  while (tail > 0 && !isWhole()) {
    end += (source.at(-tail)?.length ?? 0) + 1;
    tail -= 1;
  }
  const between = end > start ? wrapped(next.slice(start, end), width) : [];
  return [...source.slice(0, head), ...between, ...source.slice(source.length - tail)];
}

function isAtBlank(text: string, at: number): boolean {
  return at >= text.length || /[ \t]/.test(text.charAt(at));
}

/** Broken at single blanks between words; a word that is longer than the width has a line of its own. */
function wrapped(text: string, width: number): readonly string[] {
  if (isIndented(text)) return [text];
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/(?<![ \t]) (?![ \t]|$)/)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
