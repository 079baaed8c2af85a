import { type RefObject, useEffect, useMemo } from 'react';
import { type TableColumn, fittingColumns } from './table-model.ts';
import { useWidth } from './use-width.ts';

interface FittingColumnsOptions<Item> {
  readonly all: readonly TableColumn<Item>[];
  /** Of the table's width, by what is not a column. */
  readonly takenPx: number;
  readonly onLeftOut: ((columnIds: readonly string[]) => void) | undefined;
}

/** The columns that a table has room for as its window is now; tells which are left out whenever that changes. */
export function useFittingColumns<Item>(
  scroller: RefObject<HTMLElement | null>,
  { all, takenPx, onLeftOut }: FittingColumnsOptions<Item>,
): readonly TableColumn<Item>[] {
  const widthPx = useWidth(scroller);
  const shown = useMemo(
    () => fittingColumns(all, widthPx === 0 ? 0 : Math.max(1, widthPx - takenPx)),
    [all, widthPx, takenPx],
  );
  // As one text: columns are made anew when their words change, and who listens is told of another choice alone.
  const leftOut = all.flatMap((column) => (shown.includes(column) ? [] : [column.id])).join(' ');
  useEffect(() => onLeftOut?.(leftOut === '' ? [] : leftOut.split(' ')), [leftOut, onLeftOut]);
  return shown;
}
