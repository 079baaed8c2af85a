/** Rows that are chosen, by their ids, and what they are called. Keep `onChange` and `nameOf` stable. */
export interface RowSelection<Item> {
  readonly ids: ReadonlySet<string>;
  readonly onChange: (ids: ReadonlySet<string>) => void;
  readonly nameOf: (item: Item) => string;
}

/** The selection with these rows in it, or without them. */
export function withRows(
  selected: ReadonlySet<string>,
  ids: readonly string[],
  isSelected: boolean,
): ReadonlySet<string> {
  const next = new Set(selected);
  for (const id of ids) {
    if (isSelected) next.add(id);
    else next.delete(id);
  }
  return next;
}

/** The rows from one to another in the order shown, both included; `to` alone when `from` is not shown. */
export function rowsBetween(shown: readonly string[], from: string | undefined, to: string): readonly string[] {
  const start = from === undefined ? -1 : shown.indexOf(from);
  const end = shown.indexOf(to);
  if (start === -1 || end === -1) return [to];
  return shown.slice(Math.min(start, end), Math.max(start, end) + 1);
}

/** How many of the rows shown are chosen. */
export function shareSelected(selected: ReadonlySet<string>, shown: readonly string[]): 'none' | 'some' | 'all' {
  if (shown.length === 0 || selected.size === 0) return 'none';
  const count = shown.filter((id) => selected.has(id)).length;
  if (count === 0) return 'none';
  return count === shown.length ? 'all' : 'some';
}

/** Without the rows that are there no more; the same set when all are. */
export function withoutGone(selected: ReadonlySet<string>, there: Iterable<string>): ReadonlySet<string> {
  if (selected.size === 0) return selected;
  const kept = new Set<string>();
  for (const id of there) if (selected.has(id)) kept.add(id);
  return kept.size === selected.size ? selected : kept;
}
