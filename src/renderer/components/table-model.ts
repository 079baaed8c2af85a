import {
  type ColumnDef,
  type Row,
  createSortedRowModel,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { type ReactNode, useMemo } from 'react';
import type { SortOrder } from '../stores/route.ts';

export interface CellPlace {
  /** Of what can be focused inside: 0 in the row that the keyboard is on, else -1. */
  readonly tabIndex: 0 | -1;
}

/** One column of a VirtualTable. */
export interface TableColumn<Item> {
  readonly id: string;
  readonly header: string;
  /** Never narrower; the table scrolls sideways when the sum of all is more than there is room for. */
  readonly minWidthPx: number;
  /** Its share of the room that is left; without it the column keeps its width. */
  readonly grow?: number;
  readonly align?: 'end';
  /** Stays in sight when the table scrolls sideways. */
  readonly pinned?: 'start' | 'end';
  /** What the column is sorted by; without it the column does not sort. */
  readonly sortValue?: (item: Item) => string | number;
  readonly cell: (item: Item, place: CellPlace) => ReactNode;
}

const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
});
type Features = typeof features;

const collator = new Intl.Collator('en', { numeric: true });

/** Numbers by value, words as people order them (node-2 before node-10). */
export function compareValues(left: string | number, right: string | number): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  return collator.compare(String(left), String(right));
}

function columnDef<Item extends object>(column: TableColumn<Item>): ColumnDef<Features, Item> {
  // Equal values keep their order whatever order a list brings them in: a relist moves no row.
  const { sortValue } = column;
  if (sortValue === undefined) return { id: column.id, header: column.header, enableSorting: false };
  return {
    id: column.id,
    header: column.header,
    accessorFn: sortValue,
    sortDescFirst: false,
    sortFn: (left, right) =>
      compareValues(sortValue(left.original), sortValue(right.original)) || (left.id < right.id ? -1 : 1),
  };
}

export interface TableModelOptions<Item> {
  readonly items: readonly Item[];
  readonly columns: readonly TableColumn<Item>[];
  readonly rowId: (item: Item) => string;
  readonly sort: SortOrder | undefined;
}

/** Items in the order of the table. */
export function useTableRows<Item extends object>(options: TableModelOptions<Item>): readonly Row<Features, Item>[] {
  const { items, columns, rowId, sort } = options;
  const columnDefs = useMemo(() => columns.map(columnDef), [columns]);
  const sorting = useMemo(() => (sort === undefined ? [] : [{ id: sort.column, desc: sort.descending }]), [sort]);
  const table = useTable<Features, Item>({
    features,
    columns: columnDefs,
    data: items,
    getRowId: rowId,
    enableMultiSort: false,
    state: { sorting },
  });
  return table.getRowModel().rows;
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

export function minTableWidthPx(columns: readonly Pick<TableColumn<never>, 'minWidthPx'>[]): number {
  return columns.reduce((sum, { minWidthPx }) => sum + minWidthPx, 0);
}
