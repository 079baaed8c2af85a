import type { ReactNode } from 'react';
import type { SortOrder } from '../stores/route.ts';

export interface CellPlace {
  /** Of what can be focused inside: 0 in the row that the keyboard is on, else -1. */
  readonly tabIndex: 0 | -1;
}

/** One column of a VirtualTable. */
export interface TableColumn<Item> {
  readonly id: string;
  readonly header: string;
  /** Said of a header that is too short to say all. */
  readonly headerTitle?: string;
  /** Never narrower; the table scrolls sideways when the sum of all that stay is more than there is room for. */
  readonly minWidthPx: number;
  /** Where there is no room for all, the column with the lowest number is left out first; without it one stays. */
  readonly givesWay?: number;
  /** Its share of the room that is left; without it the column keeps its width. */
  readonly grow?: number;
  readonly align?: 'end';
  /** Stays in sight when the table scrolls sideways. */
  readonly pinned?: 'start' | 'end';
  /** What the column is sorted by; without it the column does not sort. */
  readonly sortValue?: (item: Item) => string | number;
  readonly cell: (item: Item, place: CellPlace) => ReactNode;
}

const collator = new Intl.Collator('en', { numeric: true });

/** Numbers by value, words as people order them (node-2 before node-10). */
export function compareValues(left: string | number, right: string | number): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  return collator.compare(String(left), String(right));
}

export interface SortedItems<Item> {
  readonly items: readonly Item[];
  readonly columns: readonly TableColumn<Item>[];
  readonly rowId: (item: Item) => string;
  readonly sort: SortOrder | undefined;
  /** Items of a group stand together, groups in the order of their names. */
  readonly groupOf?: ((item: Item) => string) | undefined;
}

const inNoGroup = () => '';

/**
 * The order of one table: by one column, items that are equal in it by their ids, so that a relist that brings them in
 * another order moves no row. Without a column they stay as they came. It begins with the order that it found last: while
 * rows change sixty times a second, few of them change their place, and nearly sorted items are sorted in linear time.
 */
export class RowOrder<Item> {
  #rank: ReadonlyMap<string, number> = new Map();

  sort({ items, columns, rowId, sort, groupOf = inNoGroup }: SortedItems<Item>): readonly Item[] {
    const sortValue = columns.find(({ id }) => id === sort?.column)?.sortValue;
    if ((sort === undefined || sortValue === undefined) && groupOf === inNoGroup) return items;
    const direction = sort?.descending === true ? -1 : 1;
    const placed = this.#inLastOrder(
      items.map((item) => ({ item, id: rowId(item), group: groupOf(item), value: sortValue?.(item) ?? 0 })),
    );
    placed.sort(
      (left, right) =>
        (left.group === right.group ? 0 : compareValues(left.group, right.group)) ||
        direction * compareValues(left.value, right.value) ||
        (left.id < right.id ? -1 : 1),
    );
    this.#rank = new Map(placed.map(({ id }, index) => [id, index]));
    return placed.map(({ item }) => item);
  }

  #inLastOrder<Entry extends { readonly id: string }>(entries: readonly Entry[]): Entry[] {
    const known: (Entry | undefined)[] = Array.from({ length: this.#rank.size });
    const added: Entry[] = [];
    for (const entry of entries) {
      const rank = this.#rank.get(entry.id);
      if (rank === undefined) added.push(entry);
      else known[rank] = entry;
    }
    return [...known.filter((entry) => entry !== undefined), ...added];
  }
}

/** The order after a press on a column's header: ascending, descending, as it was. */
export function nextSort(sort: SortOrder | undefined, column: string): SortOrder | undefined {
  if (sort?.column !== column) return { column, descending: false };
  return sort.descending ? undefined : { column, descending: true };
}

/** Columns as CSS grid tracks: the same for every row, so that rows align though each is a grid of its own. */
export function gridTracks(columns: readonly Pick<TableColumn<never>, 'minWidthPx' | 'grow'>[]): string {
  return columns
    .map(({ minWidthPx, grow }) => (grow === undefined ? `${minWidthPx}px` : `minmax(${minWidthPx}px, ${grow}fr)`))
    .join(' ');
}

/** The columns that there is room for, in their order; a room of 0 is not known yet, and all are shown. */
export function fittingColumns<Column extends Pick<TableColumn<never>, 'minWidthPx' | 'givesWay'>>(
  columns: readonly Column[],
  roomPx: number,
): readonly Column[] {
  let missingPx = roomPx === 0 ? 0 : minTableWidthPx(columns) - roomPx;
  const leftOut = new Set<Column>();
  const giving = columns.filter(({ givesWay }) => givesWay !== undefined);
  for (const column of giving.toSorted((left, right) => (left.givesWay ?? 0) - (right.givesWay ?? 0))) {
    if (missingPx <= 0) break;
    leftOut.add(column);
    missingPx -= column.minWidthPx;
  }
  return leftOut.size === 0 ? columns : columns.filter((column) => !leftOut.has(column));
}

export function minTableWidthPx(columns: readonly Pick<TableColumn<never>, 'minWidthPx'>[]): number {
  return columns.reduce((sum, { minWidthPx }) => sum + minWidthPx, 0);
}
