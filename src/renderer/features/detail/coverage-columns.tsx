import type { NodeCoverage } from '../../../shared/kubernetes/coverage.ts';
import { EndKept } from '../../components/EndKept.tsx';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import type { CellPlace, TableColumn } from '../../components/table-model.ts';
import { formatRoute, type Route } from '../../stores/route.ts';
import { groupName, STATE_VIEW, ZONE_LABEL } from '../node-map/index.ts';
import classes from './PodsSection.module.css';

export interface CoverageColumnOptions {
  readonly contextName: string;
  readonly revisionWords: (entry: NodeCoverage) => string;
  readonly isNarrow: boolean;
}

/** Columns of the Nodes tab. Where there is little room the zone is left out: a heading, or the node's page, says it. */
export function coverageColumns(options: CoverageColumnOptions): readonly TableColumn<NodeCoverage>[] {
  const columns = allColumns(options);
  return options.isNarrow ? columns.filter(({ id }) => id !== 'zone') : columns;
}

function allColumns({ contextName, revisionWords }: CoverageColumnOptions): readonly TableColumn<NodeCoverage>[] {
  return [
    {
      id: 'node',
      header: 'Node',
      minWidthPx: 160,
      grow: 1.6,
      sortValue: ({ node }) => node.name,
      cell: ({ node: { name } }, place) => link({ page: 'node', contextName, name }, name, place),
    },
    {
      id: 'state',
      header: 'State',
      minWidthPx: 166,
      sortValue: ({ state }) => STATE_VIEW[state].words,
      cell: ({ state, isOld }) => (
        <StatusBadge tone={isOld && state === 'ready' ? 'quiet' : STATE_VIEW[state].tone}>
          {STATE_VIEW[state].words}
          {isOld && ' · old'}
        </StatusBadge>
      ),
    },
    {
      id: 'why',
      header: 'Reason',
      minWidthPx: 180,
      grow: 3,
      sortValue: ({ why = '' }) => why,
      cell: ({ why }) => <span className={classes.reason}>{why ?? '–'}</span>,
    },
    {
      id: 'pod',
      header: 'Pod',
      minWidthPx: 150,
      grow: 1.2,
      sortValue: ({ pods: [first] }) => first?.pod.name ?? '',
      cell: ({ pods }, place) => <Pods contextName={contextName} pods={pods} place={place} />,
    },
    textColumn('revision', 'Revision', { minWidthPx: 76 }, revisionWords),
    textColumn('zone', 'Zone', { minWidthPx: 110, grow: 0.5 }, ({ node }) => groupName(node, ZONE_LABEL)),
  ];
}

interface PodsProps {
  readonly contextName: string;
  readonly pods: NodeCoverage['pods'];
  readonly place: CellPlace;
}

/** Two where one takes over from another. */
function Pods({ contextName, pods, place }: PodsProps) {
  if (pods.length === 0) return '–';
  return pods.map(({ pod: { namespace, name, uid } }) => (
    <span key={uid} className={classes.ellipsis}>
      {link({ page: 'pod', contextName, namespace, name }, name, place)}
    </span>
  ));
}

function link(to: Route, name: string, { tabIndex }: CellPlace) {
  return (
    <a
      className={`${classes.ellipsis} ${classes.link}`}
      href={formatRoute(to)}
      title={name}

      tabIndex={tabIndex}
    >
      {to.page === 'pod' ? <EndKept name={name} /> : name}
    </a>
  );
}

function textColumn(
  id: string,
  header: string,
  width: Pick<TableColumn<NodeCoverage>, 'minWidthPx' | 'grow'>,
  words: (entry: NodeCoverage) => string,
): TableColumn<NodeCoverage> {
  return {
    id,
    header,
    ...width,
    sortValue: words,
    cell: (entry) => (
      <span className={classes.ellipsis} title={words(entry)}>
        {words(entry)}
      </span>
    ),
  };
}
