import { isScalar, Scalar } from 'yaml';
import type { CST } from 'yaml';
import type { EditPlan, Planning } from './edit-plan.ts';
import { insertion, joinLines, replacement, textOf } from './edit-plan.ts';
import { entriesOf, isCollection, isEmptyScalar, isFlow } from './entry.ts';
import type { Entry } from './entry.ts';
import { refolded } from './folded-scalar.ts';
import type { JsonValue } from './json-value.ts';
import { PathProblem } from './locate.ts';
import type { TextEdit, TextRange, WriteStyle } from './manifest-edit.ts';
import { columnOf, isBlank, lineBreakOf, lineStart, nextLine, regionOf, startsLine } from './region.ts';
import { flowContextOf } from './write-context.ts';
import { indented, writeFlow, writeValue } from './write-value.ts';
import type { WrittenValue } from './write-value.ts';
import { isScalarValue } from './yaml-scalar.ts';

/** Another value for a key or list item. */
export function planReplace(planning: Planning, entry: Entry, value: JsonValue): EditPlan {
  const styled = { ...planning, style: { ...styleOf(entry, value), ...planning.style } };
  return isFlow(entry.collection) ? replaceInFlow(styled, entry, value) : replaceInBlock(styled, entry, value);
}

/** How the old value is written, where the new one can be written the same. */
function styleOf({ value: node }: Entry, value: JsonValue): WriteStyle {
  if (!isScalar(node)) return {};
  if (typeof value === 'number') return /^0[0-7]+$/.test(node.source ?? '') ? { radix: 'octal' } : {};
  if (typeof value !== 'string') return {};
  switch (node.type) {
    case Scalar.QUOTE_SINGLE:
      return { quotes: 'single' };
    case Scalar.QUOTE_DOUBLE:
      return { quotes: 'double' };
    case Scalar.BLOCK_LITERAL:
      return { block: 'literal' };
    case Scalar.BLOCK_FOLDED:
      return { block: 'folded' };
    default:
      return {};
  }
}

function replaceInFlow(planning: Planning, entry: Entry, value: JsonValue): EditPlan {
  const context = flowContextOf(planning.document, entry.collection);
  const written = writeFlow(value, context, planning.style);
  if (entry.key !== null && !entry.hasIndicator) {
    return { edits: [insertion(entry.after, `: ${written}`)], taken: [] };
  }
  return { edits: [headEdit(planning, entry, entry.content, written)], taken: [entry.content] };
}

function replaceInBlock(planning: Planning, entry: Entry, value: JsonValue): EditPlan {
  if (!entry.hasIndicator) {
    throw new PathProblem('Foreign', 'a key with ? and without : is edited in YAML only', entry.start);
  }
  const old = oldValueOf(planning, entry);
  const context = { ...planning.context, step: old.contentStep ?? planning.context.step };
  const place = { column: parentColumn(planning, entry), isItem: entry.key === null, depth: 1 };
  // A block scalar's own lines give its indentation; a map below the key has the document's.
  const isText = typeof value === 'string';
  const write = (noBlockScalars: boolean): WrittenValue =>
    belowDash(
      entry,
      value,
      writeValue(value, place, { ...(isText ? context : planning.context), noBlockScalars }, planning.style),
      place.column,
    );
  const written = refoldedValue(planning, entry, old, value) ?? write(planning.context.noBlockScalars);
  if (old.isBelow && written.lines.length > 0) return replaceBelow(planning, entry, write(true), place.column);
  if (old.isCompact) return replaceCompact(planning, old, written);
  const edits: TextEdit[] = [headEdit(planning, entry, old.inline, written.head)];
  if (old.lines.end > old.lines.start || written.lines.length > 0) {
    edits.push(replacement(old.lines, joinLines(planning, written.lines)));
  }
  return { edits, taken: old.taken };
}

/** A folded scalar that stays one keeps the lines that did not change. */
function refoldedValue(
  planning: Planning,
  { value: node, start }: Entry,
  { inline, lines }: OldValue,
  value: JsonValue,
): WrittenValue | undefined {
  const { block, quotes = 'plain' } = planning.style;
  const isFolded = isScalar(node) && node.type === Scalar.BLOCK_FOLDED && block === 'folded' && quotes === 'plain';
  if (!isFolded || typeof value !== 'string' || planning.context.noBlockScalars) return undefined;
  const text = textOf(planning);
  const header = text.slice(inline.start, inline.end);
  const source = text
    .slice(lines.start, lines.end)
    .replace(/\r?\n$/, '')
    .split(/\r?\n/);
  const indicator = /[1-9]/.exec(header)?.[0];
  const first = source.find((line) => !isBlank(line))?.search(/[^ ]/) ?? 0;
  const column = indicator === undefined ? first : columnOf(text, start) + Number(indicator);
  const scalar = refolded({ header, column, lines: source }, value);
  return scalar && { head: scalar.header, lines: scalar.lines };
}

/** Of the key or dash; of a dash with more than one blank behind it, as if it had one. */
function parentColumn(planning: Planning, entry: Entry): number {
  const text = textOf(planning);
  const { key, start, after, content } = entry;
  const isBehindDash = key === null && content.end > content.start && /^ +$/.test(text.slice(after, content.start));
  return columnOf(text, isBehindDash ? content.start : start) - (isBehindDash ? 2 : 0);
}

/** A map below its dash where it cannot start behind it: an anchor there would be its first key's. */
function belowDash(entry: Entry, value: JsonValue, written: WrittenValue, column: number): WrittenValue {
  const isCompact = entry.key === null && !isScalarValue(value) && !/^(?:\{\}|\[\])$/.test(written.head);
  if (!isCompact || entry.props?.anchor === undefined) return written;
  return { head: '', lines: [indented(column + 2, written.head), ...written.lines] };
}

/** Where an old value stands: a part on its indicator's line, and whole lines below. */
interface OldValue {
  readonly inline: TextRange;
  readonly lines: TextRange;
  readonly taken: readonly TextRange[];
  /** A map or list that begins on its dash's line. */
  readonly isCompact: boolean;
  /** On a line below its key or dash, and no block. */
  readonly isBelow: boolean;
  /** Columns from the key to a block scalar's text. */
  readonly contentStep?: number;
}

function oldValueOf(planning: Planning, entry: Entry): OldValue {
  const { value: node, content } = entry;
  const text = textOf(planning);
  const at = (offset: number): TextRange => ({ start: offset, end: offset });
  const plain = { isCompact: false, isBelow: false };
  const behindLine = at(nextLine(text, content.end));
  if (isEmptyScalar(node)) return { ...plain, inline: content, lines: behindLine, taken: [] };
  if (isCollection(node) && !isFlow(node)) return oldCollection(planning, entry);
  if (isScalar(node) && node.srcToken?.type === 'block-scalar') return oldBlockScalar(planning, entry, node.srcToken);
  const isBelow = text.slice(entry.after, content.start).includes('\n') && startsLine(text, content.start);
  return { ...plain, isBelow, inline: content, lines: behindLine, taken: [content] };
}

function oldCollection(planning: Planning, entry: Entry): OldValue {
  const { source } = planning.document;
  const { content, value } = entry;
  const entries = isCollection(value) ? entriesOf(value) : [];
  const regions = entries.map((each) => regionOf(source, each));
  const [first] = regions;
  const end = regions.at(-1)?.end ?? content.end;
  const isCompact = first?.startsLine !== true;
  const inlineAt = entry.props?.range.end ?? entry.after;
  const lines = { start: isCompact ? content.start : first.start, end };
  const inline = isCompact ? content : { start: inlineAt, end: inlineAt };
  return { inline, lines, taken: [lines], isCompact, isBelow: false };
}

function oldBlockScalar(planning: Planning, entry: Entry, token: CST.BlockScalar): OldValue {
  const text = textOf(planning);
  const { start, end } = entry.content;
  const header = token.props[0];
  const headerEnd = start + (header && 'source' in header ? header.source.length : 1);
  const lines = { start: Math.min(nextLine(text, headerEnd), end), end };
  const column = columnOf(text, entry.start);
  const indicator = /[1-9]/.exec(text.slice(start, headerEnd))?.[0];
  const firstLine = /^( *)[^ \r\n]/m.exec(text.slice(lines.start, lines.end))?.[1]?.length ?? 0;
  const contentStep = indicator === undefined ? firstLine - column : Number(indicator);
  const old = { inline: { start, end: headerEnd }, lines, taken: [lines], isCompact: false, isBelow: false };
  return contentStep > 0 && contentStep < 10 ? { ...old, contentStep } : old;
}

/** The value's part on the indicator's line; a tag goes, since it spoke of the old value, and an anchor stays. */
function headEdit(planning: Planning, { props, after }: Entry, inline: TextRange, head: string): TextEdit {
  const text = textOf(planning);
  const isTagged = props?.hasTag === true;
  const anchor = isTagged && props.anchor !== undefined ? `&${props.anchor}` : '';
  const written = [anchor, head].filter((each) => each !== '').join(' ');
  let start = isTagged ? props.range.start : inline.start;
  if (written === '') {
    while (start > after && isBlank(text.slice(start - 1, start)) && text[start - 1] !== '\n') start -= 1;
    return replacement({ start, end: inline.end }, '');
  }
  // What stood there without a blank, as in JSON, leaves its place as it was.
  const isInPlace = !isTagged && inline.end > inline.start;
  const isApart = isInPlace || start === 0 || /[\s[{,]/.test(text[start - 1] ?? '');
  return replacement({ start, end: inline.end }, isApart ? written : ` ${written}`);
}

/** A scalar alone on the line below its key gives that line to the first of the new value's. */
function replaceBelow(planning: Planning, { key, content }: Entry, written: WrittenValue, column: number): EditPlan {
  const text = textOf(planning);
  const first =
    written.head === '' ? [] : [indented(column + (key === null ? 2 : planning.context.step), written.head)];
  const lines = [...first, ...written.lines].join(lineBreakOf(text));
  return { edits: [replacement({ start: lineStart(text, content.start), end: content.end }, lines)], taken: [content] };
}

function replaceCompact(planning: Planning, old: OldValue, written: WrittenValue): EditPlan {
  const { start, end } = old.lines;
  const text = joinLines(planning, [written.head, ...written.lines]);
  return { edits: [replacement({ start, end }, text)], taken: old.taken };
}
