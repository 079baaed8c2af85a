import type { NodeRow } from '../../../shared/kubernetes/rows.ts';
import { Age } from '../../components/Age.tsx';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import type { TableColumn } from '../../components/table-model.ts';
import { formatRoute } from '../../stores/route.ts';
import { taintWords, zoneOf } from './node-words.ts';
import classes from './NodePage.module.css';

/** Columns of the list of nodes. */
export function nodeColumns(contextName: string): readonly TableColumn<NodeRow>[] {
  return [
    {
      id: 'name',
      header: 'Node',
      minWidthPx: 170,
      grow: 1.4,
      sortValue: ({ name }) => name,
      cell: ({ name }, { tabIndex }) => (
        <a
          className={`${classes.ellipsis} ${classes.link}`}
          tabIndex={tabIndex}
          href={formatRoute({ page: 'node', contextName, name })}
          title={name}
        >
          {name}
        </a>
      ),
    },
    {
      id: 'ready',
      header: 'Ready',
      minWidthPx: 150,
      sortValue: ({ ready, unschedulable }) => (ready ? 2 : 0) - (unschedulable ? 1 : 0),
      cell: (node) => (
        <StatusBadge tone={readyTone(node)}>
          {node.ready ? 'Ready' : 'Not ready'}
          {node.unschedulable && ' · cordoned'}
        </StatusBadge>
      ),
    },
    textColumn('zone', 'Zone', 112, 1, (node) => zoneOf(node) ?? ''),
    textColumn('taints', 'Taints', 200, 3, ({ taints }) => taints.map(taintWords).join(', ')),
    textColumn('version', 'Version', 110, 1, ({ kubeletVersion = '' }) => kubeletVersion),
    {
      id: 'age',
      header: 'Age',
      minWidthPx: 62,
      givesWay: 1,
      align: 'end',
      sortValue: (node) => -Date.parse(node.creationTimestamp),
      cell: (node) => <Age timestamp={node.creationTimestamp} />,
    },
  ];
}

function readyTone({ ready, unschedulable }: NodeRow) {
  if (!ready) return 'bad';
  return unschedulable ? 'warn' : 'good';
}

function textColumn(
  id: string,
  header: string,
  minWidthPx: number,
  grow: number,
  value: (node: NodeRow) => string,
): TableColumn<NodeRow> {
  return {
    id,
    header,
    minWidthPx,
    grow,
    sortValue: value,
    cell: (node) => (
      <span className={classes.ellipsis} title={value(node)}>
        {value(node) || '–'}
      </span>
    ),
  };
}
