import { useMemo, useState } from 'react';
import type { DaemonSetRow } from '../../../shared/kubernetes/rows.ts';
import { type RowSelection, withoutGone } from '../../components/row-selection.ts';

const nameOf = (row: DaemonSetRow) => row.name;

export interface ChosenRows {
  readonly chosen: readonly DaemonSetRow[];
  readonly selection: RowSelection<DaemonSetRow>;
}

/** The rows that are chosen, by uid: an update keeps them, and what is gone is chosen no more. */
export function useChosenRows(rows: readonly DaemonSetRow[]): ChosenRows {
  const [ids, onChange] = useState<ReadonlySet<string>>(() => new Set());
  const kept = useMemo(
    () =>
      withoutGone(
        ids,
        rows.map(({ uid }) => uid),
      ),
    [ids, rows],
  );
  if (kept !== ids) onChange(kept);
  const chosen = useMemo(() => (kept.size === 0 ? [] : rows.filter(({ uid }) => kept.has(uid))), [rows, kept]);
  const selection = useMemo(() => ({ ids: kept, onChange, nameOf }), [kept]);
  return { chosen, selection };
}
