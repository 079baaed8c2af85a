/** Cells that stand together under one heading. */
export interface CellGroup {
  readonly label: string;
  readonly count: number;
}

/** A group with its place; all sizes are CSS px. */
export interface PlacedGroup extends CellGroup {
  /** Index of its first cell among all cells. */
  readonly first: number;
  /** Left and top edge of its heading. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly cellsY: number;
  readonly perRow: number;
}

export interface MapLayout {
  readonly width: number;
  readonly height: number;
  /** From the left edge of a cell to that of the next one. */
  readonly pitch: number;
  /** Edge of a cell. */
  readonly size: number;
  readonly groups: readonly PlacedGroup[];
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Pitches with the gap in them: the largest that keeps the map low is taken. */
const STEPS = [
  { pitch: 26, gap: 4 },
  { pitch: 19, gap: 3 },
  { pitch: 15, gap: 3 },
  { pitch: 12, gap: 2 },
  { pitch: 9, gap: 1 },
  { pitch: 7, gap: 1 },
] as const;
const LOW_PX = 250;
export const HEADING_PX = 18;
const BETWEEN_X_PX = 20;
const BETWEEN_Y_PX = 8;
const CHARACTER_PX = 6.6;
const WIDEST_HEADING_PX = 230;

/** Places cells group by group, small groups beside each other. The places follow from counts and width alone, not from what the cells show. */
export function layoutMap(groups: readonly CellGroup[], width: number): MapLayout {
  const layouts = STEPS.map((step) => place(groups, width, step));
  return layouts.find(({ height }) => height <= LOW_PX) ?? place(groups, width, STEPS[STEPS.length - 1] ?? STEPS[0]);
}

function place(groups: readonly CellGroup[], width: number, { pitch, gap }: (typeof STEPS)[number]): MapLayout {
  const size = pitch - gap;
  const most = Math.max(1, Math.floor((width + gap) / pitch));
  const placed: PlacedGroup[] = [];
  let [x, y, shelf, first] = [0, 0, 0, 0];
  for (const { label, count } of groups) {
    const perRow = Math.max(1, Math.min(count, most));
    const groupWidth = Math.min(width, Math.max(perRow * pitch - gap, headingWidth(label)));
    if (x > 0 && x + groupWidth > width) {
      x = 0;
      y += shelf + BETWEEN_Y_PX;
      shelf = 0;
    }
    placed.push({ label, count, first, x, y, width: groupWidth, cellsY: y + HEADING_PX, perRow });
    shelf = Math.max(shelf, HEADING_PX + Math.ceil(count / perRow) * pitch - gap);
    x += groupWidth + BETWEEN_X_PX;
    first += count;
  }
  return { width, height: y + shelf, pitch, size, groups: placed };
}

function headingWidth(label: string): number {
  return Math.min(WIDEST_HEADING_PX, Math.ceil(label.length * CHARACTER_PX));
}

/** Left and top edge of a cell; undefined where there is none of this index. */
export function cellPlace({ groups, pitch }: MapLayout, index: number): Point | undefined {
  const group = groups.find(({ first, count }) => index >= first && index < first + count);
  if (group === undefined) return undefined;
  const within = index - group.first;
  return {
    x: group.x + (within % group.perRow) * pitch,
    y: group.cellsY + Math.floor(within / group.perRow) * pitch,
  };
}

/** The cell at a point, the gap after it included. */
export function cellAt({ groups, pitch }: MapLayout, { x, y }: Point): number | undefined {
  for (const { x: left, cellsY, perRow, count, first } of groups) {
    const column = Math.floor((x - left) / pitch);
    const within = Math.floor((y - cellsY) / pitch) * perRow + column;
    if (column >= 0 && column < perRow && y >= cellsY && within < count) return first + within;
  }
  return undefined;
}

/** Where a key leads from a cell, or undefined for a key that moves nothing. */
export function movedCell(layout: MapLayout, index: number, key: string): number | undefined {
  const last = layout.groups.reduce((sum, { count }) => sum + count, 0) - 1;
  switch (key) {
    case 'ArrowLeft':
      return Math.max(0, index - 1);
    case 'ArrowRight':
      return Math.min(last, index + 1);
    case 'ArrowUp':
      return cellInNextRow(layout, index, -1);
    case 'ArrowDown':
      return cellInNextRow(layout, index, 1);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
}

/** The nearest cell of the nearest row above or below, of this group or another; the same cell where there is none. */
function cellInNextRow(layout: MapLayout, index: number, direction: 1 | -1): number {
  const from = cellPlace(layout, index);
  if (from === undefined) return index;
  const { pitch } = layout;
  let best = { index, down: Infinity, aside: Infinity };
  for (const { x, cellsY, perRow, count, first } of layout.groups) {
    const rows = Math.ceil(count / perRow);
    const at = (from.y - cellsY) / pitch;
    const row = direction === 1 ? Math.max(0, Math.floor(at) + 1) : Math.min(rows - 1, Math.ceil(at) - 1);
    if (row < 0 || row >= rows) continue;
    const inRow = Math.min(perRow, count - row * perRow);
    const column = Math.min(inRow - 1, Math.max(0, Math.round((from.x - x) / pitch)));
    const down = Math.abs(cellsY + row * pitch - from.y);
    const aside = Math.abs(x + column * pitch - from.x);
    if (down < best.down || (down === best.down && aside < best.aside))
      best = { index: first + row * perRow + column, down, aside };
  }
  return best.index;
}

/** The next cell that looks like this, after `from` and round to it again; undefined where none does. */
export function nextWithLook(looks: readonly string[], from: number, look: string): number | undefined {
  const after = looks.indexOf(look, from + 1);
  const found = after === -1 ? looks.indexOf(look) : after;
  return found === -1 ? undefined : found;
}
