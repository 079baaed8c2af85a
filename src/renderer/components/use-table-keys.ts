import { type KeyboardEvent, type RefObject, useEffect, useRef } from 'react';
import type { SelectRows } from './use-row-selection.ts';

export interface TableKeysOptions {
  readonly scroller: RefObject<HTMLElement | null>;
  readonly ids: readonly string[];
  readonly activeIndex: number;
  readonly setActiveId: (id: string) => void;
  readonly scrollTo: (index: number) => void;
  readonly open: (index: number) => void;
  /** Where rows are chosen. */
  readonly select?: SelectRows;
}

const PAGE_ROWS = 10;

/** Where a key leads from a row, or undefined for a key that moves nothing. */
export function movedIndex(key: string, index: number, count: number): number | undefined {
  const last = count - 1;
  switch (key) {
    case 'ArrowDown':
      return Math.min(last, index + 1);
    case 'ArrowUp':
      return Math.max(0, index - 1);
    case 'PageDown':
      return Math.min(last, index + PAGE_ROWS);
    case 'PageUp':
      return Math.max(0, index - PAGE_ROWS);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
}

function rowElement(scroller: HTMLElement | null, id: string): HTMLElement | undefined {
  const rows = scroller?.querySelectorAll<HTMLElement>('[data-row]') ?? [];
  return [...rows].find((row) => row.dataset['row'] === id);
}

/** Space, and Ctrl+A; whether the key was one of these. */
function selectByKey(event: KeyboardEvent<HTMLElement>, id: string | undefined, select: SelectRows): boolean {
  const isAll = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'a';
  if (event.altKey || id === undefined || !(isAll || (event.key === ' ' && !event.ctrlKey && !event.metaKey)))
    return false;
  event.preventDefault();
  if (isAll) select.selectAll(true);
  else select.toggle(id, event.shiftKey);
  return true;
}

/** Keys on the rows of a table. A row that is not rendered yet gets the focus once it is. */
export function useTableKeys(options: TableKeysOptions): (event: KeyboardEvent<HTMLElement>) => void {
  const { scroller, ids, activeIndex, setActiveId, scrollTo, open, select } = options;
  const wanted = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (wanted.current === undefined) return;
    const row = rowElement(scroller.current, wanted.current);
    if (row === undefined) return;
    wanted.current = undefined;
    row.focus({ preventScroll: true });
  });
  return (event) => {
    const onRow = event.target instanceof HTMLElement && event.target.dataset['row'] !== undefined;
    if (onRow && select !== undefined && selectByKey(event, ids[activeIndex], select)) return;
    if (!onRow || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      open(activeIndex);
      return;
    }
    const next = movedIndex(event.key, activeIndex, ids.length);
    const id = next === undefined ? undefined : ids[next];
    if (next === undefined || id === undefined) return;
    event.preventDefault();
    if (event.shiftKey && event.key.startsWith('Arrow')) select?.extend(ids[activeIndex], id);
    wanted.current = id;
    setActiveId(id);
    scrollTo(next);
  };
}
