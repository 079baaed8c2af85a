import type { EditPlan, Planning } from './edit-plan.ts';
import { insertion, replacement, textOf } from './edit-plan.ts';
import { entriesOf } from './entry.ts';
import type { Collection, Entry } from './entry.ts';
import type { TextEdit, TextRange } from './manifest-edit.ts';
import { commentColumn, isBlank, lineBreakOf, lineEnd, lineStart, nextLine, startsLine } from './region.ts';

/** A new item or pair inside `[]` or `{}`, on a line of its own where its neighbour has one. */
export function planFlowInsert(planning: Planning, collection: Collection, index: number, written: string): EditPlan {
  const entries = entriesOf(collection);
  const next = entries[index];
  const last = entries.at(-1);
  if (!last) return { edits: [insertion((collection.range?.[0] ?? 0) + 1, written)], taken: [] };
  const edits = next ? insertBefore(planning, next, written) : insertLast(planning, collection, last, written);
  return { edits, taken: [] };
}

function insertBefore(planning: Planning, next: Entry, written: string): readonly TextEdit[] {
  const text = textOf(planning);
  if (!startsLine(text, next.start)) return [insertion(next.start, `${written}, `)];
  const start = lineStart(text, next.start);
  const line = `${text.slice(start, next.start)}${written},${lineBreakOf(text)}`;
  return [insertion(leadOf(planning, next), line)];
}

function insertLast(planning: Planning, collection: Collection, last: Entry, written: string): readonly TextEdit[] {
  const text = textOf(planning);
  const end = endOf(last);
  const comma = commaAfter(planning, end);
  const close = (collection.range?.[1] ?? 0) - 1;
  const behind = comma === undefined ? end : comma + 1;
  const trailing = comma === undefined ? '' : ',';
  if (!startsLine(text, last.start) || lineEnd(text, behind) > close) {
    return [insertion(behind, comma === undefined ? `${commaBehind(text, end)} ${written}` : ` ${written},`)];
  }
  const indent = text.slice(lineStart(text, last.start), last.start);
  const line = `${lineBreakOf(text)}${indent}${written}${trailing}`;
  const commaEdits = comma === undefined ? [insertion(end, commaBehind(text, end))] : [];
  return [...commaEdits, insertion(lineEnd(text, behind), line)];
}

/** A key without a value keeps a blank behind its colon: `{a:, b}` has the key `a:` to the API server. */
function commaBehind(text: string, end: number): string {
  return text[end - 1] === ':' ? ' ,' : ',';
}

/** An item or pair inside `[]` or `{}` is gone, with its comma; with its lines and comments where they are its own. */
export function planFlowRemove(planning: Planning, entry: Entry): EditPlan {
  const text = textOf(planning);
  const entries = entriesOf(entry.collection);
  const end = endOf(entry);
  const comma = commaAfter(planning, end);
  const behind = comma === undefined ? end : comma + 1;
  const previous = entries[entry.index - 1];
  const commaBefore = comma === undefined && previous ? commaAfter(planning, endOf(previous)) : undefined;
  const commaEdit = commaBefore === undefined ? [] : [{ start: commaBefore, end: commaBefore + 1 }];
  const line = ownLines(planning, entry, behind);
  if (line && (commaBefore ?? 0) <= line.start) return removal([...commaEdit, line]);
  const next = entries[entry.index + 1];
  if (next)
    return removal(apart(planning, { start: entry.start, end: next.start }, { start: entry.start, end: behind }));
  if (!previous) return removal([onlyEntry(planning, entry, behind)]);
  const range = { start: endOf(previous), end };
  if (isBlankBut(text, range, entry, commaBefore)) return removal([range]);
  return removal([...commaEdit, { start: entry.start, end: behind }]);

  function removal(ranges: readonly TextRange[]): EditPlan {
    return {
      edits: ranges.map((range) => replacement(range, '')),
      taken: [...ranges, { start: entry.start, end: behind }],
    };
  }
}

/** Up to the next entry where that is on the same line, else without the blanks before it. */
function apart(planning: Planning, wide: TextRange, narrow: TextRange): readonly TextRange[] {
  const text = textOf(planning);
  if (/^[ \t]*$/.test(text.slice(narrow.end, wide.end))) return [wide];
  let { start } = narrow;
  while (!startsLine(text, narrow.start) && isBlank(text.slice(start - 1, start))) start -= 1;
  return [{ start, end: narrow.end }];
}

function isBlankBut(text: string, { start, end }: TextRange, entry: Entry, comma: number | undefined): boolean {
  const between = text.slice(start, entry.start);
  const withoutComma = comma === undefined ? between : text.slice(start, comma) + text.slice(comma + 1, entry.start);
  return isBlank(withoutComma) && end >= entry.start;
}

/** All between the brackets, unless a comment is there. */
function onlyEntry({ document }: Planning, { collection, start }: Entry, behind: number): TextRange {
  const [open, close] = collection.range ?? [0, 0];
  const inside = { start: open + 1, end: close - 1 };
  const { comments } = document.source;
  const isAlone =
    !hasComment(comments, { start: inside.start, end: start }) &&
    !hasComment(comments, { start: behind, end: inside.end });
  return isAlone ? inside : { start, end: behind };
}

function hasComment(comments: ReadonlyMap<number, string>, { start, end }: TextRange): boolean {
  for (const offset of comments.keys()) if (offset >= start && offset < end) return true;
  return false;
}

/** The lines of an entry that shares them with nothing but its comma and its own comments. */
function ownLines(planning: Planning, entry: Entry, behind: number): TextRange | undefined {
  const { source } = planning.document;
  const { text, comments } = source;
  if (!startsLine(text, entry.start)) return undefined;
  let at = behind;
  while (text[at] === ' ' || text[at] === '\t') at += 1;
  const isAlone = comments.has(at) || at === lineEnd(text, behind);
  return isAlone ? { start: leadOf(planning, entry), end: nextLine(text, behind) } : undefined;
}

/** Start of the comment lines directly above, at the entry's column; of its own line where there are none. */
function leadOf(planning: Planning, entry: Entry): number {
  const { source } = planning.document;
  const { text } = source;
  const own = lineStart(text, entry.start);
  let lead = own;
  while (lead > 0) {
    const above = lineStart(text, lead - 1);
    if (above >= lead || commentColumn(source, above) !== entry.start - own) return lead;
    lead = above;
  }
  return lead;
}

function endOf(entry: Entry): number {
  return Math.max(entry.content.end, entry.after);
}

/** The comma that follows, behind blanks and comments. */
function commaAfter({ document }: Planning, from: number): number | undefined {
  const { text, comments } = document.source;
  let at = from;
  while (at < text.length) {
    const character = text[at] ?? '';
    if (character === ',') return at;
    const comment = comments.get(at);
    if (comment === undefined && !isBlank(character)) return undefined;
    at += comment?.length ?? 1;
  }
  return undefined;
}
