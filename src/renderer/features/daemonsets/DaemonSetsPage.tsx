import { TextInput } from '@mantine/core';
import { useCallback, useDeferredValue, useMemo, useState } from 'react';
import type { DaemonSetRow } from '../../../shared/kubernetes/rows.ts';
import { GuardedButton } from '../../components/GuardedButton.tsx';
import { VirtualTable } from '../../components/VirtualTable.tsx';
import { useAfterShown } from '../../live/use-after-shown.ts';
import { useKubeContext } from '../../live/use-contexts.ts';
import { useDaemonSets } from '../../live/use-daemon-sets.ts';
import { namespaceWords, useNamespaceScope } from '../../live/use-namespace-scope.ts';
import { useNow } from '../../live/use-now.ts';
import type { LiveRows } from '../../live/use-rows.ts';
import { usePermission } from '../../live/use-access.ts';
import type { KubeContextRow } from '../../../shared/contract/context.ts';
import { usePreferences } from '../../stores/preferences.ts';
import type { Route } from '../../stores/route.ts';
import { navigate } from '../../stores/use-route.ts';
import { ColumnsMenu } from './ColumnsMenu.tsx';
import { daemonSetColumns } from './columns.tsx';
import { shownColumns } from './chosen-columns.ts';
import classes from './DaemonSetsPage.module.css';
import { DeletedNotices } from './DeletedNotices.tsx';
import { Failed, ListState } from './ListState.tsx';
import { filteredRows } from './row-filter.ts';
import { SelectionBar } from './SelectionBar.tsx';
import { SelectorField } from './SelectorField.tsx';
import { StagedNotices } from './StagedNotices.tsx';
import { useCauses } from './use-causes.ts';
import { useChosenRows } from './use-chosen-rows.ts';

export type DaemonSetsRoute = Extract<Route, { page: 'daemonSets' }>;

export interface DaemonSetsPageProps {
  readonly route: DaemonSetsRoute;
  /** The first rows are on screen for a moment: what follows may be prepared. */
  readonly onRows?: (() => void) | undefined;
}

/** The list: live, sorted, filtered, and why a row is not rolled out. */
export function DaemonSetsPage({ route, onRows }: DaemonSetsPageProps) {
  const context = useKubeContext(route.contextName);
  return context === undefined ? null : <List route={route} context={context} onRows={onRows} />;
}

const TICK_MS = 30_000;
const rowId = (row: DaemonSetRow) => row.uid;

/** In the order of the ids. */
function rowsOf(rows: readonly DaemonSetRow[], ids: readonly string[]): readonly DaemonSetRow[] {
  const wanted = new Set(ids);
  const found = new Map(rows.filter(({ uid }) => wanted.has(uid)).map((row) => [row.uid, row] as const));
  return ids.flatMap((id) => found.get(id) ?? []);
}

interface ListProps extends DaemonSetsPageProps {
  readonly context: KubeContextRow;
}

function List({ route, context, onRows }: ListProps) {
  const { contextName } = route;
  const scope = useNamespaceScope(context);
  const list = useDaemonSets(contextName, scope.namespaces, route.labelSelector);
  const [visibleIds, setVisibleIds] = useState<readonly string[]>([]);
  const visible = useMemo(() => rowsOf(list.rows, visibleIds), [list.rows, visibleIds]);
  useAfterShown(visible.length > 0, onRows);
  const [leftOut, setLeftOut] = useState<readonly string[]>([]);
  const causes = useCauses(contextName, visible);
  const chosen = usePreferences((preferences) => preferences.daemonSetColumns);
  const now = useNow(TICK_MS);
  const columns = useMemo(
    () => shownColumns(daemonSetColumns({ contextName, now, causes }), chosen),
    [contextName, now, causes, chosen],
  );
  const filter = useDeferredValue(route.filter ?? '');
  const rows = useMemo(() => filteredRows(list.rows, filter), [list.rows, filter]);
  const { chosen: chosenRows, selection } = useChosenRows(list.rows);
  const hidden = useMemo(() => chosenRows.filter((row) => !rows.includes(row)).length, [chosenRows, rows]);
  const change = (next: Partial<DaemonSetsRoute>) => navigate({ ...route, ...next }, { replace: true });
  const open = useCallback(
    ({ namespace, name }: DaemonSetRow) => navigate({ page: 'daemonSet', contextName, namespace, name }),
    [contextName],
  );
  return (
    <div className={classes.page}>
      <Head
        route={route}
        counts={countWords(rows.length, list, namespaceWords(scope.namespaces))}
        leftOut={leftOut}
        change={change}
      />
      <DeletedNotices contextName={contextName} rows={list.rows} />
      {visible.length > 0 && (
        <StagedNotices
          contextName={contextName}
          rows={list.rows}
          whole={list.state.phase === 'live' && route.labelSelector === undefined ? scope.namespaces : undefined}
        />
      )}
      {list.rows.length > 0 && <Failed context={context} list={list} scope={scope} />}
      <VirtualTable
        label="DaemonSets"
        items={rows}
        columns={columns}
        rowId={rowId}
        sort={route.sort ?? BY_NAME}
        onSort={(sort) => change({ sort: sort ?? BY_NAME })}
        onOpen={open}
        onVisible={setVisibleIds}
        onLeftOut={setLeftOut}
        selection={selection}
        empty={
          <ListState
            context={context}
            list={list}
            scope={scope}
            isFiltered={filter !== '' || route.labelSelector !== undefined}
            onClearFilter={() => navigate({ page: 'daemonSets', contextName, namespaces: scope.namespaces })}
          />
        }
      />
      <SelectionBar
        contextName={contextName}
        chosen={chosenRows}
        hidden={hidden}
        onClear={() => selection.onChange(new Set())}
      />
    </div>
  );
}

const BY_NAME = { column: 'name', descending: false } as const;

interface HeadProps {
  readonly route: DaemonSetsRoute;
  readonly counts: string;
  readonly leftOut: readonly string[];
  readonly change: (next: Partial<DaemonSetsRoute>) => void;
}

/** "14 in all namespaces", "3 of 14 in logging"; nothing while there is nothing to count. */
function countWords(shown: number, list: LiveRows<DaemonSetRow>, where: string): string {
  const total = list.rows.length;
  if (total === 0 && list.state.phase !== 'live') return '';
  return `${shown === total ? total : `${shown} of ${total}`} in ${where}`;
}

function Head({ route, counts, leftOut, change }: HeadProps) {
  const { contextName } = route;
  const [only] = route.namespaces === 'all' || route.namespaces?.length !== 1 ? [undefined] : route.namespaces;
  const mayCreate = usePermission(contextName, {
    verb: 'create',
    group: 'apps',
    resource: 'daemonsets',
    ...(only !== undefined && { namespace: only }),
  });
  return (
    <div className={classes.head}>
      <h1 className={classes.title}>DaemonSets</h1>
      <span className={classes.count} role="status">
        {counts}
      </span>
      <div className={classes.tools}>
        <TextInput
          className={classes.filter}
          aria-label="Filter by name, image, label"
          placeholder="Filter by name, image, label…"
          type="search"
          value={route.filter ?? ''}
          onChange={(event) => change({ filter: event.currentTarget.value })}
          spellCheck={false}
        />
        <SelectorField value={route.labelSelector ?? ''} onChange={(labelSelector) => change({ labelSelector })} />
        <ColumnsMenu leftOut={leftOut} />
        <GuardedButton
          variant="filled"
          leftSection={<span aria-hidden="true">+</span>}
          reason={mayCreate.reason}
          onClick={() => navigate({ page: 'create', contextName })}
        >
          Create
        </GuardedButton>
      </div>
    </div>
  );
}
