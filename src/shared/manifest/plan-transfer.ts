import type { EditPlan, Planning } from './edit-plan.ts';
import { insertion, replacement, textOf } from './edit-plan.ts';
import { isFlow, keptScalarEnd } from './entry.ts';
import type { Entry } from './entry.ts';
import { PathProblem } from './locate.ts';
import type { TextEdit, TextRange } from './manifest-edit.ts';
import { behindBlankLines, columnOf, isBlank, lineStart, nextLine, regionOf, startsLine } from './region.ts';
import type { Region } from './region.ts';
import { indented } from './write-value.ts';

/**
 * A list item's text in place of the null that keeps its place in another list, and the removal that takes it away from
 * where it is.
 *
 * @throws PathProblem NotVerified where its text cannot stand there, or the two places are in each other's way
 */
export function planTransfer(planning: Planning, entry: Entry, place: Entry, removal: EditPlan): EditPlan {
  const { moved, arrival } = isFlow(entry.collection)
    ? transferInFlow(planning, entry, place)
    : transferLines(planning, entry, place);
  const edits = [...removal.edits, ...arrival];
  if (overlap(edits)) throw new PathProblem('NotVerified', 'its two places are too close', entry.start);
  const taken = removal.taken.flatMap((range) => without(range, moved));
  const isCut = !isFlow(entry.collection) && textOf(planning)[moved.end - 1] !== '\n';
  return { edits, taken, needsFinalLineBreak: isCut };
}

interface Moved {
  readonly moved: TextRange;
  readonly arrival: readonly TextEdit[];
}

function transferInFlow(planning: Planning, entry: Entry, place: Entry): Moved {
  const moved = { start: entry.start, end: entry.content.end };
  const item = textOf(planning).slice(moved.start, moved.end);
  if (isFlow(place.collection) && !item.includes('\n')) return { moved, arrival: [replacement(place.content, item)] };
  throw new PathProblem('NotVerified', 'an item in brackets stays on its line and in brackets', entry.start);
}

function transferLines({ document }: Planning, entry: Entry, place: Entry): Moved {
  if (isFlow(place.collection)) {
    throw new PathProblem('NotVerified', 'an item on lines of its own does not go into brackets', entry.start);
  }
  const { text } = document.source;
  const kept = regionOf(document.source, place);
  const moved = regionOf(document.source, entry);
  const lines = linesAt(text, moved, columnOf(text, place.start));
  return { moved, arrival: arrivalOf(text, place, kept.end, lines, keptScalarEnd(entry) !== undefined) };
}

/**
 * The lines with another indentation, all by the same number of columns: what a block scalar holds stays the same. A
 * line that has not as many blanks as it would lose, such as a comment's, loses those that it has; an empty one stays so.
 */
function linesAt(text: string, region: Region, column: number): string {
  const own = region.startsLine ? '' : indented(region.column, '');
  const lines = own + text.slice(region.start, region.end);
  const shift = column - region.column;
  if (shift > 0) return lines.replaceAll(/(^|\n)(?=[^\r\n])/g, `$1${indented(shift, '')}`);
  return shift < 0 ? lines.replaceAll(new RegExp(`(^|\n) {1,${-shift}}`, 'g'), '$1') : lines;
}

/** `behind` is where comments end that follow the place deeper than it: a block scalar would take them for its own. */
function arrivalOf(
  text: string,
  place: Entry,
  behind: number,
  lines: string,
  keepsBlanks: boolean,
): readonly TextEdit[] {
  const end = nextLine(text, place.content.end);
  if (startsLine(text, place.start)) {
    const line = { start: lineStart(text, place.start), end };
    // A `|+` at the item's end would take blank lines behind its new place for its own.
    const at = keepsBlanks ? behindBlankLines(text, behind) : behind;
    return at > end ? [replacement(line, ''), insertion(at, lines)] : [replacement(line, lines)];
  }
  // Behind the dash of a list that it is in: on the lines below where a comment comes first, or is beside it or below.
  const isAlone = isBlank(text.slice(place.content.end, behind));
  if (isAlone && !/^ *#/.test(lines)) {
    return [replacement({ start: place.start, end }, lines.slice(columnOf(text, place.start)))];
  }
  let { start } = place;
  while (isBlank(text.slice(start - 1, start))) start -= 1;
  return [replacement({ start, end: place.content.end }, ''), insertion(behind, lines)];
}

function overlap(edits: readonly TextEdit[]): boolean {
  const sorted = edits.toSorted((a, b) => a.offset - b.offset || a.length - b.length);
  return sorted.some(({ offset }, index) => {
    const before = sorted[index - 1];
    return before !== undefined && before.offset + before.length > offset;
  });
}

function without(range: TextRange, { start, end }: TextRange): readonly TextRange[] {
  const parts = [
    { start: range.start, end: Math.min(range.end, start) },
    { start: Math.max(range.start, end), end: range.end },
  ];
  return parts.filter((each) => each.end > each.start);
}
