import { useCallback, useEffect, useRef } from 'react';
import { type RowSelection, rowsBetween, withRows } from './row-selection.ts';

export interface SelectRows {
  /** The other way round than it is; with `isRange` all rows since the last one, as this one is then. */
  readonly toggle: (id: string, isRange: boolean) => void;
  /** All from where the selection began to here; it begins at `from` when it did not yet. */
  readonly extend: (from: string | undefined, to: string) => void;
  readonly selectAll: (isSelected: boolean) => void;
}

/** What a click or a key on a row chooses. The functions stay the same, so that rows are not rendered for them. */
export function useSelectRows(
  selection: Pick<RowSelection<never>, 'ids' | 'onChange'> | undefined,
  shown: readonly string[],
): SelectRows {
  const latest = useRef({ selection, shown });
  const anchor = useRef<string | undefined>(undefined);
  useEffect(() => {
    latest.current = { selection, shown };
  });
  const change = useCallback((ids: readonly string[], isSelected: boolean) => {
    const { selection: now } = latest.current;
    now?.onChange(withRows(now.ids, ids, isSelected));
  }, []);
  const toggle = useCallback(
    (id: string, isRange: boolean) => {
      const isSelected = latest.current.selection?.ids.has(id) !== true;
      change(isRange ? rowsBetween(latest.current.shown, anchor.current, id) : [id], isSelected);
      anchor.current = id;
    },
    [change],
  );
  const extend = useCallback(
    (from: string | undefined, to: string) => {
      if (anchor.current === undefined || !latest.current.shown.includes(anchor.current)) anchor.current = from;
      change(rowsBetween(latest.current.shown, anchor.current, to), true);
    },
    [change],
  );
  const selectAll = useCallback(
    (isSelected: boolean) => {
      anchor.current = undefined;
      change(latest.current.shown, isSelected);
    },
    [change],
  );
  return { toggle, extend, selectAll };
}
