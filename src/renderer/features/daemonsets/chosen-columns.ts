export interface ChoosableColumn {
  readonly id: string;
  readonly header: string;
  readonly isDefault: boolean;
}

/** Columns that can be shown or hidden; name and the row's menu always stay. */
export const CHOOSABLE_COLUMNS: readonly ChoosableColumn[] = [
  { id: 'namespace', header: 'Namespace', isDefault: true },
  { id: 'status', header: 'Status', isDefault: true },
  { id: 'nodes', header: 'Nodes', isDefault: true },
  { id: 'desired', header: 'Desired', isDefault: true },
  { id: 'current', header: 'Current', isDefault: false },
  { id: 'ready', header: 'Ready', isDefault: true },
  { id: 'updated', header: 'Up-to-date', isDefault: true },
  { id: 'available', header: 'Available', isDefault: true },
  { id: 'misscheduled', header: 'Misscheduled', isDefault: false },
  { id: 'nodeSelector', header: 'Node selector', isDefault: false },
  { id: 'images', header: 'Images', isDefault: true },
  { id: 'age', header: 'Age', isDefault: true },
];

const ALWAYS = ['name', 'actions'];

/** The ids that are shown: the remembered choice without what no longer exists, else the default. */
export function shownColumnIds(chosen: readonly string[] | undefined): readonly string[] {
  if (chosen === undefined) return CHOOSABLE_COLUMNS.filter(({ isDefault }) => isDefault).map(({ id }) => id);
  return CHOOSABLE_COLUMNS.filter(({ id }) => chosen.includes(id)).map(({ id }) => id);
}

export function shownColumns<Column extends { readonly id: string }>(
  columns: readonly Column[],
  chosen: readonly string[] | undefined,
): readonly Column[] {
  const ids = new Set([...ALWAYS, ...shownColumnIds(chosen)]);
  return columns.filter(({ id }) => ids.has(id));
}
