import { ActionIcon } from '@mantine/core';
import type { ConditionRow, PodRow } from '../../../shared/kubernetes/rows.ts';
import { Age } from '../../components/Age.tsx';
import { EndKept } from '../../components/EndKept.tsx';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { Sparkline } from '../../components/Sparkline.tsx';
import type { TableColumn } from '../../components/table-model.ts';
import { useServices } from '../../live/services.ts';
import { formatRoute } from '../../stores/route.ts';
import { type PodHistory, usageWords } from '../monitoring/index.ts';
import { PodMenu } from '../operations/index.ts';
import { LogIcon } from './LogIcon.tsx';
import { podStatusWords, podTone } from './pod-status.ts';
import classes from './PodsSection.module.css';
import type { PodRevision } from './revision-names.ts';

export interface PodColumnOptions {
  readonly contextName: string;
  readonly revisionOf: (pod: PodRow) => PodRevision;
  readonly onLogs: (pod: PodRow) => void;
  /** What each pod used lately; undefined while that is not known. */
  readonly usages: ReadonlyMap<string, PodHistory> | undefined;
}

/** Columns of the pods table. Those that give way where there is no room a pod's page and panel show too. */
export function podColumns({
  contextName,
  revisionOf,
  onLogs,
  usages,
}: PodColumnOptions): readonly TableColumn<PodRow>[] {
  return [
    {
      id: 'pod',
      header: 'Pod',
      minWidthPx: 158,
      grow: 3,
      sortValue: (pod) => pod.name,
      cell: (pod, { tabIndex }) => (
        <a
          className={`${classes.name} ${classes.link}`}
          tabIndex={tabIndex}
          href={podHref(contextName, pod)}
          title={pod.name}
        >
          <EndKept name={pod.name} />
        </a>
      ),
    },
    {
      id: 'status',
      header: 'Status',
      minWidthPx: 192,
      grow: 1,
      sortValue: podStatusWords,
      cell: (pod) => <PodStatus pod={pod} revision={revisionOf(pod)} />,
    },
    {
      id: 'conditions',
      header: 'Not met',
      headerTitle: 'Conditions not met',
      minWidthPx: 86,
      givesWay: 2,
      grow: 1,
      sortValue: (pod) => pod.conditions.length,
      cell: (pod) => <Conditions conditions={pod.conditions} />,
    },
    {
      id: 'node',
      header: 'Node',
      minWidthPx: 110,
      grow: 1.6,
      sortValue: (pod) => pod.nodeName ?? '',
      cell: ({ nodeName }, { tabIndex }) => <NodeLink contextName={contextName} name={nodeName} tabIndex={tabIndex} />,
    },
    textColumn('nodeIP', 'Node IP', { minWidthPx: 104, grow: 0.6, givesWay: 1 }, (pod) => pod.hostIP, classes.mono),
    textColumn('podIP', 'Pod IP', { minWidthPx: 112, grow: 0.6, givesWay: 3 }, (pod) => pod.podIP, classes.mono),
    {
      id: 'revision',
      header: 'Revision',
      minWidthPx: 80,
      grow: 0.7,
      sortValue: (pod) => revisionOf(pod).number,
      cell: (pod) => <Revision revision={revisionOf(pod)} />,
    },
    {
      id: 'restarts',
      header: 'Restarts',
      minWidthPx: 78,
      align: 'end',
      sortValue: (pod) => pod.restarts,
      cell: (pod) => <Restarts pod={pod} />,
    },
    ...usageColumns(usages),
    {
      id: 'age',
      header: 'Age',
      minWidthPx: 58,
      align: 'end',
      sortValue: (pod) => -Date.parse(pod.creationTimestamp),
      cell: (pod) => <Age timestamp={pod.creationTimestamp} />,
    },
    {
      id: 'actions',
      header: '',
      minWidthPx: 66,
      cell: (pod, { tabIndex }) => (
        <span className={classes.actions}>
          <ActionIcon aria-label={`Logs of ${pod.name}`} title="Logs" tabIndex={tabIndex} onClick={() => onLogs(pod)}>
            <LogIcon />
          </ActionIcon>
          <PodMenu pod={podTarget(contextName, pod)} tabIndex={tabIndex} />
        </span>
      ),
    },
  ];
}

/** None where nothing is measured: the Monitoring tab says why. */
function usageColumns(usages: PodColumnOptions['usages']): readonly TableColumn<PodRow>[] {
  if (usages === undefined) return [];
  const column = (measure: 'cpu' | 'memory', header: string, givesWay: number): TableColumn<PodRow> => ({
    id: measure,
    header,
    minWidthPx: 84,
    givesWay,
    align: 'end',
    sortValue: ({ name }) => usages.get(name)?.now?.[measure] ?? -1,
    cell: ({ name }) => <PodUsage history={usages.get(name)} measure={measure} />,
  });
  return [column('cpu', 'CPU', 4), column('memory', 'Memory', 5)];
}

const SPARK_POINTS = 20;

interface PodUsageProps {
  readonly history: PodHistory | undefined;
  readonly measure: 'cpu' | 'memory';
}

function PodUsage({ history, measure }: PodUsageProps) {
  if (history?.now === undefined) return '–';
  return (
    <span className={classes.usage}>
      <Sparkline values={history.points[measure].slice(-SPARK_POINTS)} />
      {usageWords(measure, history.now[measure])}
    </span>
  );
}

function podHref(contextName: string, { namespace, name }: PodRow): string {
  return formatRoute({ page: 'pod', contextName, namespace, name });
}

interface NodeLinkProps {
  readonly contextName: string;
  readonly name: string | undefined;
  readonly tabIndex: 0 | -1;
}

function NodeLink({ contextName, name, tabIndex }: NodeLinkProps) {
  if (name === undefined) return '–';
  return (
    <a
      className={`${classes.ellipsis} ${classes.link}`}
      href={formatRoute({ page: 'node', contextName, name })}
      title={name}
      tabIndex={tabIndex}
    >
      {name}
    </a>
  );
}

function podTarget(contextName: string, { namespace, name, uid }: PodRow) {
  return { contextName, namespace, name, uid };
}

function textColumn(
  id: string,
  header: string,
  width: Pick<TableColumn<PodRow>, 'minWidthPx' | 'grow' | 'givesWay'>,
  value: (pod: PodRow) => string | undefined,
  className = '',
): TableColumn<PodRow> {
  return {
    id,
    header,
    ...width,
    sortValue: (pod) => value(pod) ?? '',
    cell: (pod) => (
      <span className={`${classes.ellipsis} ${className}`} title={value(pod)}>
        {value(pod) ?? '–'}
      </span>
    ),
  };
}

function PodStatus({ pod, revision }: { readonly pod: PodRow; readonly revision: PodRevision }) {
  const { clock } = useServices();
  return (
    <StatusBadge tone={podTone(pod, revision.isOld, clock.now())}>
      {podStatusWords(pod)}
      {revision.isOld && ' · old'}
    </StatusBadge>
  );
}

function Conditions({ conditions }: { readonly conditions: readonly ConditionRow[] }) {
  if (conditions.length === 0) return <span className={classes.quiet}>–</span>;
  return (
    <span className={classes.conditions} title={conditions.map(conditionWords).join('\n')}>
      {conditions.map((condition) => condition.type).join(', ')}
    </span>
  );
}

function conditionWords({ type, status, reason, message }: ConditionRow): string {
  return [`${type}: ${status}`, reason, message].filter(Boolean).join(' · ');
}

function Revision({ revision }: { readonly revision: PodRevision }) {
  return <span className={revision.isOld ? classes.quiet : undefined}>{revision.words}</span>;
}

function Restarts({ pod }: { readonly pod: PodRow }) {
  const title = pod.lastRestartAt && `last ${new Date(pod.lastRestartAt).toLocaleString()}`;
  return <span title={title}>{pod.restarts}</span>;
}
