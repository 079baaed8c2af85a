/** A row on screen: its place in the table, and its top edge in pixels below that of the scrolled part. */
export interface ShownRow {
  readonly id: string;
  readonly index: number;
  readonly topPx: number;
}

/**
 * The scroll offset at which the first of the rows that were on screen, and is still in the table, is where it was; undefined when it
 * has not moved, or when none of them is left.
 */
export function anchoredOffset(
  shown: readonly ShownRow[],
  ids: readonly string[],
  startOf: (index: number) => number | undefined,
): number | undefined {
  for (const { id, index, topPx } of shown) {
    if (ids[index] === id) return undefined;
    const now = ids.indexOf(id);
    if (now === -1) continue;
    const start = startOf(now);
    return start === undefined ? undefined : Math.max(0, start - topPx);
  }
  return undefined;
}
