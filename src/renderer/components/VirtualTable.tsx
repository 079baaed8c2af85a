import { type Range, defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, type ReactNode, memo, useEffect, useMemo, useRef, useState } from 'react';
import type { SortOrder } from '../stores/route.ts';
import { type RowSelection, shareSelected } from './row-selection.ts';
import { SelectBox } from './SelectBox.tsx';
import { type TableColumn, gridTracks, minTableWidthPx, nextSort, RowOrder } from './table-model.ts';
import { useFittingColumns } from './use-fitting-columns.ts';
import { useRowAnchor } from './use-row-anchor.ts';
import { type SelectRows, useSelectRows } from './use-row-selection.ts';
import { useTableKeys } from './use-table-keys.ts';
import classes from './VirtualTable.module.css';

/** Keep it stable, as the columns. */
export interface RowGroups<Item> {
  readonly nameOf: (item: Item) => string;
  readonly heading: (name: string, count: number) => string;
}

export interface VirtualTableProps<Item> {
  /** The table's accessible name. */
  readonly label: string;
  readonly items: readonly Item[];
  /** Keep it stable (module scope or useMemo). */
  readonly columns: readonly TableColumn<Item>[];
  readonly rowId: (item: Item) => string;
  readonly sort: SortOrder | undefined;
  readonly onSort: (sort: SortOrder | undefined) => void;
  readonly estimateRowHeight?: number;
  /** Enter, or a click on the row. */
  readonly onOpen?: (item: Item) => void;
  readonly selectedId?: string | undefined;
  /** Rows are chosen by a box before them: one, a range with Shift, all; by keys too. */
  readonly selection?: RowSelection<Item>;
  /** Called with the ids of the rows on screen when other rows are there; what the rows say may change without it. */
  readonly onVisible?: (ids: readonly string[]) => void;
  /** Called with the ids of the columns that there is no room for. Keep it stable. */
  readonly onLeftOut?: (columnIds: readonly string[]) => void;
  /** Rows of a group stand together under a heading. */
  readonly groups?: RowGroups<Item>;
  /** Under a row, over its whole width (its containers). */
  readonly below?: (item: Item) => ReactNode;
  /** Instead of rows, when there are none. */
  readonly empty?: ReactNode;
}

const DEFAULT_HEIGHT = 36;
const OVERSCAN = 8;
const SELECT_WIDTH_PX = 34;

/**
 * A sortable table that renders only the rows on screen. One row is in the tab order; arrows, Home, End, Page Up and Down
 * move, Enter opens, Tab goes on into the row. Where rows are chosen, Space chooses one, Shift with Space or an arrow a range,
 * Ctrl+A all that is shown.
 */
export function VirtualTable<Item extends object>(props: VirtualTableProps<Item>) {
  const { label, items, rowId, sort, onSort, onOpen, selectedId, selection, onVisible, below, empty, groups } = props;
  const [order] = useState(() => new RowOrder<Item>());
  const groupOf = groups?.nameOf;
  const rows = useMemo(
    () => order.sort({ items, columns: props.columns, rowId, sort, groupOf }),
    [order, items, props.columns, rowId, sort, groupOf],
  );
  const headings = useMemo(() => headingsOf(rows, groups), [rows, groups]);
  const scroller = useRef<HTMLDivElement>(null);
  const selectWidth = selection === undefined ? 0 : SELECT_WIDTH_PX;
  const columns = useFittingColumns(scroller, { all: props.columns, takenPx: selectWidth, onLeftOut: props.onLeftOut });
  const [activeId, setActiveId] = useState<string | undefined>(selectedId);
  const ids = useMemo(() => rows.map(rowId), [rows, rowId]);
  const found = useMemo(() => (activeId === undefined ? -1 : ids.indexOf(activeId)), [ids, activeId]);
  const activeIndex = found === -1 ? 0 : found;
  // oxlint-disable-next-line react/incompatible-library -- there is no React Compiler here
  const virtualizer = useVirtualizer<HTMLDivElement, Element>({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => props.estimateRowHeight ?? DEFAULT_HEIGHT,
    getItemKey: (index) => ids[index] ?? index,
    overscan: OVERSCAN,
    // The row with the focus stays in the document when it is scrolled away.
    rangeExtractor: (range: Range) => withIndex(defaultRangeExtractor(range), activeIndex, rows.length),
  });
  const select = useSelectRows(selection, ids);
  const onKeyDown = useTableKeys({
    scroller,
    ...(selection !== undefined && { select }),
    ids,
    activeIndex,
    setActiveId,
    scrollTo: (index) => virtualizer.scrollToIndex(index),
    open: (index) => {
      const row = rows[index];
      if (row !== undefined) onOpen?.(row);
    },
  });
  const virtualRows = virtualizer.getVirtualItems();
  useRowAnchor({ scroller, virtualizer, ids, order: `${sort?.column} ${sort?.descending}` });
  useVisible(
    virtualRows.flatMap(({ index }) => ids[index] ?? []),
    onVisible,
  );
  const columnCount = columns.length + (selection === undefined ? 0 : 1);
  const style: CSSProperties & Record<'--columns' | '--rows-height' | '--min-width' | '--select-width', string> = {
    '--columns': `${selection === undefined ? '' : `${SELECT_WIDTH_PX}px `}${gridTracks(columns)}`,
    '--rows-height': `${virtualizer.getTotalSize()}px`,
    '--min-width': `${minTableWidthPx(columns) + selectWidth}px`,
    '--select-width': `${selectWidth}px`,
  };
  return (
    <div className={classes.card} style={style} data-empty={rows.length === 0}>
      <div className={classes.scroller} ref={scroller}>
        <div
          role="grid"
          aria-label={label}
          aria-rowcount={rows.length + 1}
          aria-colcount={columnCount}
          aria-multiselectable={selection === undefined ? undefined : true}
          className={classes.grid}
          onKeyDown={onKeyDown}
        >
          <div role="rowgroup" className={classes.head}>
            <HeadRow columns={columns} sort={sort} onSort={onSort}>
              {selection && <SelectHead selected={selection.ids} ids={ids} select={select} />}
            </HeadRow>
          </div>
          <div role="rowgroup" className={classes.body}>
            {virtualRows.map(({ index, start }) => {
              const row = rows[index];
              const id = ids[index];
              if (row === undefined || id === undefined) return null;
              return (
                <div
                  key={id}
                  ref={virtualizer.measureElement}
                  data-index={index}
                  className={classes.place}
                  role="presentation"
                  style={{ transform: `translateY(${start}px)` }}
                >
                  {headings?.has(index) === true && <GroupRow columns={columns.length}>{headings.get(index)}</GroupRow>}
                  <BodyRow
                    item={row}
                    id={id}
                    index={index}
                    columns={columns}
                    isActive={index === activeIndex}
                    isSelected={selection === undefined ? id === selectedId : selection.ids.has(id)}
                    nameOf={selection?.nameOf}
                    select={select.toggle}
                    onFocus={setActiveId}
                    onOpen={onOpen}
                  />
                  <BelowRow columns={columnCount}>{below?.(row)}</BelowRow>
                </div>
              );
            })}
          </div>
        </div>
        {rows.length === 0 && empty}
      </div>
    </div>
  );
}

/** By the index of the row that a group begins with. */
function headingsOf<Item>(
  rows: readonly Item[],
  groups: RowGroups<Item> | undefined,
): ReadonlyMap<number, string> | undefined {
  if (groups === undefined) return undefined;
  const names = rows.map(groups.nameOf);
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const first = names.flatMap((name, index) => (name === names[index - 1] ? [] : [[index, name] as const]));
  return new Map(first.map(([index, name]) => [index, groups.heading(name, counts.get(name) ?? 0)]));
}

function GroupRow({ columns, children }: { readonly columns: number; readonly children: ReactNode }) {
  return (
    <div role="row" className={classes.group}>
      <div role="rowheader" aria-colspan={columns}>
        {children}
      </div>
    </div>
  );
}

function withIndex(indexes: readonly number[], index: number, count: number): number[] {
  if (index >= count || indexes.includes(index)) return [...indexes];
  return [...indexes, index].sort((left, right) => left - right);
}

function useVisible(ids: readonly string[], onVisible: VirtualTableProps<object>['onVisible']): void {
  const key = JSON.stringify(ids);
  // `key` holds all of it.
  // oxlint-disable-next-line react/exhaustive-deps
  useEffect(() => onVisible?.(ids), [key, onVisible]);
}

interface HeadRowProps<Item> {
  readonly columns: readonly TableColumn<Item>[];
  readonly sort: SortOrder | undefined;
  readonly onSort: (sort: SortOrder | undefined) => void;
  /** Before the columns. */
  readonly children: ReactNode;
}

interface SelectHeadProps {
  readonly selected: ReadonlySet<string>;
  readonly ids: readonly string[];
  readonly select: SelectRows;
}

function SelectHead({ selected, ids, select }: SelectHeadProps) {
  const state = shareSelected(selected, ids);
  return (
    <div role="columnheader" className={classes.header} data-pinned="start" data-select>
      <SelectBox
        label={`Select all ${ids.length}`}
        state={state}
        disabled={ids.length === 0}
        onToggle={() => select.selectAll(state !== 'all')}
      />
    </div>
  );
}

function ariaSort(sort: SortOrder | undefined, column: string): 'ascending' | 'descending' | 'none' {
  if (sort?.column !== column) return 'none';
  return sort.descending ? 'descending' : 'ascending';
}

function HeadRow<Item>({ columns, sort, onSort, children }: HeadRowProps<Item>) {
  return (
    <div role="row" className={classes.row} aria-rowindex={1}>
      {children}
      {columns.map((column) => {
        const sorts = column.sortValue !== undefined;
        const order = ariaSort(sort, column.id);
        return (
          <div
            key={column.id}
            role="columnheader"
            className={classes.header}
            data-align={column.align}
            data-pinned={column.pinned}
            aria-sort={sorts ? order : undefined}
            title={column.headerTitle}
          >
            {sorts ? (
              <button type="button" onClick={() => onSort(nextSort(sort, column.id))}>
                {column.header}
                <span className={classes.arrow} aria-hidden="true">
                  {order === 'ascending' ? '▲' : order === 'descending' ? '▼' : ''}
                </span>
              </button>
            ) : (
              <span className={column.header === '' ? undefined : classes.headerText}>{column.header}</span>
            )}
          </div>
        );
      })}
    </div>
  );
}

interface BodyRowProps<Item> {
  readonly item: Item;
  readonly id: string;
  readonly index: number;
  readonly columns: readonly TableColumn<Item>[];
  readonly isActive: boolean;
  readonly isSelected: boolean;
  /** Given where rows are chosen. */
  readonly nameOf: ((item: Item) => string) | undefined;
  readonly select: SelectRows['toggle'];
  readonly onFocus: (id: string) => void;
  readonly onOpen: ((item: Item) => void) | undefined;
}

/** A grid has nothing but rows: what stands under one is a row of a single cell. */
function BelowRow({ columns, children }: { readonly columns: number; readonly children: ReactNode }) {
  if (children === undefined || children === null || children === false) return null;
  return (
    <div role="row" aria-label="Details">
      <div role="gridcell" aria-colspan={columns}>
        {children}
      </div>
    </div>
  );
}

/** A click that meant something inside the row (a link, a button, marked text) does not open the row too. */
function isForRow(event: { readonly target: EventTarget; readonly currentTarget: HTMLElement }): boolean {
  if (!(event.target instanceof Element) || !event.currentTarget.contains(event.target)) return false;
  const control = event.target.closest('a, button, input, label, [role="menuitem"]');
  return control === null && (document.getSelection()?.isCollapsed ?? true);
}

/** Renders again only when its own item changed: scrolling re-renders the table with every frame. */
const BodyRow = memo(PlainBodyRow) as typeof PlainBodyRow;

function PlainBodyRow<Item>(props: BodyRowProps<Item>) {
  const { item, id, index, columns, isActive, isSelected, nameOf, select, onFocus, onOpen } = props;
  const tabIndex = isActive ? 0 : -1;
  return (
    <div
      role="row"
      className={classes.row}
      data-row={id}
      data-opens={onOpen !== undefined}
      tabIndex={tabIndex}
      aria-rowindex={index + 2}
      aria-selected={isSelected ? true : nameOf && false}
      onFocus={() => onFocus(id)}
      onClick={(event: { readonly target: EventTarget; readonly currentTarget: HTMLElement }) => {
        if (isForRow(event)) onOpen?.(item);
      }}
    >
      {nameOf && (
        <div role="gridcell" className={classes.cell} data-pinned="start" data-select>
          <SelectBox
            label={`Select ${nameOf(item)}`}
            state={isSelected ? 'all' : 'none'}
            tabIndex={tabIndex}
            onToggle={(isRange) => select(id, isRange)}
          />
        </div>
      )}
      {columns.map((column) => (
        <div
          key={column.id}
          role="gridcell"
          className={classes.cell}
          data-align={column.align}
          data-pinned={column.pinned}
        >
          {column.cell(item, { tabIndex })}
        </div>
      ))}
    </div>
  );
}
