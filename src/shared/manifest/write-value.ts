import { blockScalarOf } from './block-scalar.ts';
import { isJsonObject } from './json-value.ts';
import type { JsonObject, JsonValue } from './json-value.ts';
import type { WriteStyle } from './manifest-edit.ts';
import { isScalarValue, NotWritable, writeKey, writeScalar } from './yaml-scalar.ts';

/** How a text is written, so that what is new looks like what is there. */
export interface WriteContext {
  /** Columns from a key to the keys below it. */
  readonly step: number;
  /** Columns from a key to the dashes below it: 0 or `step`. */
  readonly listStep: number;
  /** Keys and strings in double quotes, as in JSON; in flow collections only. */
  readonly isJson: boolean;
  /** Strings of several lines in double quotes: what follows might read as part of a block scalar. */
  readonly noBlockScalars: boolean;
}

/** A value behind a `:` or a dash. */
export interface WrittenValue {
  /** On the indicator's line; empty where all stands below it. */
  readonly head: string;
  /** Below it, with their indentation and without line breaks. */
  readonly lines: readonly string[];
}

const BLOCK_PLACE = { isFlow: false, isJson: false };
const DEPTH_LIMIT = 100;

/** Lines of a key at a column, with its value. */
export function writePair(key: string, value: JsonValue, column: number, context: WriteContext, style?: WriteStyle) {
  const { head, lines } = writeValue(value, { column, isItem: false, depth: 1 }, context, style);
  return [indented(column, `${writeKey(key, BLOCK_PLACE)}:${head === '' ? '' : ` ${head}`}`), ...lines];
}

/** Lines of a list item whose dash stands at a column. */
export function writeItem(value: JsonValue, column: number, context: WriteContext, style?: WriteStyle) {
  const { head, lines } = writeValue(value, { column, isItem: true, depth: 1 }, context, style);
  return [indented(column, `- ${head}`), ...lines];
}

export interface ValuePlace {
  /** Of the key or dash that the value belongs to. */
  readonly column: number;
  readonly isItem: boolean;
  readonly depth: number;
}

/**
 * A value in block style.
 *
 * @throws NotWritable for what no YAML stands for
 */
export function writeValue(
  value: JsonValue,
  place: ValuePlace,
  context: WriteContext,
  style: WriteStyle = {},
): WrittenValue {
  if (place.depth > DEPTH_LIMIT) throw new NotWritable(`a value nested deeper than ${DEPTH_LIMIT} levels`);
  if (typeof value === 'string') return writeText(value, place, context, style);
  if (isScalarValue(value)) return { head: writeStyledNumber(value, style), lines: [] };
  const lines = isJsonObject(value) ? writeMap(value, place, context, style) : writeList(value, place, context, style);
  const [first] = lines;
  if (first === undefined) return { head: isJsonObject(value) ? '{}' : '[]', lines: [] };
  return place.isItem ? { head: first.trimStart(), lines: lines.slice(1) } : { head: '', lines };
}

function writeMap(map: JsonObject, place: ValuePlace, context: WriteContext, style: WriteStyle): string[] {
  const column = place.column + (place.isItem ? ITEM_STEP : context.step);
  return Object.entries(map).flatMap(([key, value]) => {
    const { head, lines } = writeValue(value, { column, isItem: false, depth: place.depth + 1 }, context, style);
    return [indented(column, `${writeKey(key, BLOCK_PLACE)}:${head === '' ? '' : ` ${head}`}`), ...lines];
  });
}

function writeList(list: readonly JsonValue[], place: ValuePlace, context: WriteContext, style: WriteStyle): string[] {
  const column = place.column + (place.isItem ? ITEM_STEP : context.listStep);
  return list.flatMap((value) => {
    const { head, lines } = writeValue(value, { column, isItem: true, depth: place.depth + 1 }, context, style);
    return [indented(column, `- ${head}`), ...lines];
  });
}

/** A dash and a blank. */
const ITEM_STEP = 2;

function writeText(text: string, { column }: ValuePlace, context: WriteContext, style: WriteStyle): WrittenValue {
  const isBlock = !context.noBlockScalars && (text.includes('\n') || style.block !== undefined);
  if (isBlock && (style.quotes === undefined || style.quotes === 'plain')) {
    const block =
      blockScalarOf(text, style.block ?? 'literal', context.step) ?? blockScalarOf(text, 'literal', context.step);
    if (block) {
      const lines = block.lines.map((line) => (line === '' ? '' : indented(column + context.step, line)));
      return { head: block.header, lines };
    }
  }
  return { head: writeScalar(text, BLOCK_PLACE, style.quotes), lines: [] };
}

/** `0644` for 420 where it is wished for: the API server reads an octal number there. */
function writeStyledNumber(value: null | boolean | number | bigint, style: WriteStyle): string {
  if (style.radix === 'octal' && typeof value === 'number' && Number.isSafeInteger(value) && value > 0) {
    return `0${value.toString(8)}`;
  }
  return writeScalar(value, BLOCK_PLACE);
}

/** A value on one line, inside `[]` or `{}`. */
export function writeFlow(value: JsonValue, context: WriteContext, style: WriteStyle = {}, depth = 1): string {
  if (depth > DEPTH_LIMIT) throw new NotWritable(`a value nested deeper than ${DEPTH_LIMIT} levels`);
  const place = { isFlow: true, isJson: context.isJson };
  if (typeof value === 'string') return writeScalar(value, place, style.quotes);
  if (isScalarValue(value)) return context.isJson ? writeScalar(value, place) : writeStyledNumber(value, style);
  if (isJsonObject(value)) {
    const members = Object.entries(value).map(([key, member]) => writeFlowPair(key, member, context, style, depth + 1));
    return `{${members.join(', ')}}`;
  }
  const items: readonly JsonValue[] = value;
  return `[${items.map((each) => writeFlow(each, context, style, depth + 1)).join(', ')}]`;
}

export function writeFlowPair(
  key: string,
  value: JsonValue,
  context: WriteContext,
  style: WriteStyle = {},
  depth = 1,
): string {
  return `${writeKey(key, { isFlow: true, isJson: context.isJson })}: ${writeFlow(value, context, style, depth)}`;
}

export function indented(column: number, line: string): string {
  return ' '.repeat(column) + line;
}
