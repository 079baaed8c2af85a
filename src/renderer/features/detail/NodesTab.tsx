import { Select, TextInput } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useDeferredValue, useMemo, useState } from 'react';
import type { NodeCoverage } from '../../../shared/kubernetes/coverage.ts';
import type { PodPlacement } from '../../../shared/kubernetes/node-coverage.ts';
import { nodeOf } from '../../../shared/kubernetes/rollout-nodes.ts';
import type { ControllerRevisionRow, DaemonSetRow, PodRow } from '../../../shared/kubernetes/rows.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { ReadTrouble } from '../../components/ReadTrouble.tsx';
import { SectionHead } from '../../components/SectionHead.tsx';
import { type RowGroups, VirtualTable } from '../../components/VirtualTable.tsx';
import { useReadNow } from '../../live/use-read-now.ts';
import { useRevisions } from '../../live/use-revisions.ts';
import { groupNodesBy, usePreferences } from '../../stores/preferences.ts';
import type { SortOrder } from '../../stores/route.ts';
import { navigate } from '../../stores/use-route.ts';
import { GroupPicker, groupName, groupWords, ZONE_LABEL } from '../node-map/index.ts';
import { coverageColumns } from './coverage-columns.tsx';
import { filterNodes, nodeChoices } from './node-filter.ts';
import classes from './PodsSection.module.css';
import { podRevisions } from './revision-names.ts';
import { useCoverage } from './use-coverage.ts';
import { useDaemonSetPods } from './use-detail.ts';

export interface NodesTabProps {
  readonly row: DaemonSetRow;
  readonly contextName: string;
  /** Where its template wants to run. */
  readonly placement: PodPlacement | undefined;
  /** Which nodes, from the URL; absent: all. */
  readonly show: string | undefined;
}

const NO_NODES: readonly NodeCoverage[] = [];
const NO_REVISIONS: readonly ControllerRevisionRow[] = [];
/** More are counted. */
const SHOWN_PODS = 3;
const nodeUid = ({ node }: NodeCoverage) => node.uid;

/** Every node: whether a pod runs there and should, and the exact reason. */
export function NodesTab({ contextName, row, placement, show = '' }: NodesTabProps) {
  const [text, setText] = useState('');
  const [sort, setSort] = useState<SortOrder | undefined>({ column: 'node', descending: false });
  const applied = useDeferredValue(text);
  const label = usePreferences(({ nodeLabel = ZONE_LABEL }) => nodeLabel);
  const pods = useDaemonSetPods(contextName, row);
  const { value: revisions = NO_REVISIONS } = useRevisions(contextName, row);
  const { coverage, nodes } = useCoverage({ contextName, row, placement, pods, revisions });
  const podsNow = useReadNow(contextName, pods.retry);
  const nodesNow = useReadNow(contextName, nodes.retry);
  const revisionWords = useRevisionWords(revisions);
  const isNarrow = useMediaQuery('(max-width: 1180px)') ?? false;
  const columns = useMemo(
    () => coverageColumns({ contextName, revisionWords, isNarrow }),
    [contextName, revisionWords, isNarrow],
  );
  const all = coverage?.nodes ?? NO_NODES;
  const shown = useMemo(
    () => filterNodes(all, { show, text: applied, revisionWords }),
    [all, show, applied, revisionWords],
  );
  const groups = useGroups(label);
  if (nodes.state.phase === 'failed' && nodes.rows.length === 0) {
    return <ErrorPanel error={nodes.state.error} onRetry={nodesNow} title="The nodes cannot be read" />;
  }
  if (pods.state.phase === 'failed' && pods.rows.length === 0) {
    return <ErrorPanel error={pods.state.error} onRetry={podsNow} title="The pods cannot be read" />;
  }
  return (
    <section className={classes.section} aria-label="Nodes">
      <SectionHead title="Nodes">
        <span className={classes.count}>{countWords(all.length, shown.length)}</span>
        <ReadTrouble subject="Nodes" state={nodes.state} onNow={nodesNow} />
        <ReadTrouble subject="Pods" state={pods.state} onNow={podsNow} />
        <Controls
          all={all}
          show={show}
          onShow={(next) => showNodes(contextName, row, next)}
          label={label}
          text={text}
          onText={setText}
        />
      </SectionHead>
      {coverage && coverage.elsewhere.length > 0 && (
        <p className={classes.note}>{elsewhereWords(coverage.elsewhere)}</p>
      )}
      <VirtualTable
        key={label}
        label="Nodes"
        items={shown}
        columns={columns}
        rowId={nodeUid}
        sort={sort}
        onSort={setSort}
        {...(groups && { groups })}
        onOpen={({ node: { name } }) => navigate({ page: 'node', contextName, name })}
        empty={<EmptyState title={emptyWords(coverage !== undefined, all.length)} />}
      />
    </section>
  );
}

interface ControlsProps {
  readonly all: readonly NodeCoverage[];
  readonly show: string;
  readonly onShow: (show: string) => void;
  /** Key of the label that nodes are grouped by. */
  readonly label: string;
  readonly text: string;
  readonly onText: (text: string) => void;
}

function Controls({ all, show, onShow, label, text, onText }: ControlsProps) {
  const choices = useMemo(() => nodeChoices(all, show), [all, show]);
  return (
    <div className={classes.controls}>
      <Select
        aria-label="Show nodes"
        data={choices}
        value={show}
        allowDeselect={false}
        w={260}
        comboboxProps={{ width: 420, position: 'bottom-end' }}
        onChange={(next) => onShow(next ?? '')}
      />
      <GroupPicker nodes={all} value={label} onChange={groupNodesBy} />
      <TextInput
        aria-label="Filter nodes"
        placeholder="Filter by node, reason, pod, label…"
        w={260}
        value={text}
        onChange={(event) => onText(event.currentTarget.value)}
      />
    </div>
  );
}

/** One where each pod of a node has it; where a new pod takes over from an old one, both in their order. */
function useRevisionWords(revisions: readonly ControllerRevisionRow[]): (entry: NodeCoverage) => string {
  return useMemo(() => {
    const revisionOf = podRevisions(revisions);
    return ({ pods }) => [...new Set(pods.map(({ pod }) => revisionOf(pod).words))].join(', ') || '–';
  }, [revisions]);
}

function useGroups(label: string): RowGroups<NodeCoverage> | undefined {
  return useMemo(() => {
    if (label === '') return undefined;
    return { nameOf: ({ node }) => groupName(node, label), heading: groupWords };
  }, [label]);
}

function showNodes(contextName: string, { namespace, name }: NodesTabProps['row'], show: string): void {
  const place = { page: 'daemonSet', contextName, namespace, name, tab: 'nodes' } as const;
  navigate(show === '' ? place : { ...place, show }, { replace: true });
}

function countWords(all: number, shown: number): string {
  return shown === all ? all.toLocaleString('en') : `${shown.toLocaleString('en')} of ${all.toLocaleString('en')}`;
}

/** Of a node that was deleted a pod stays until it is collected. */
function elsewhereWords(pods: readonly PodRow[]): string {
  const named = pods.slice(0, SHOWN_PODS).map((pod) => `${pod.name} on ${nodeOf(pod) ?? 'none'}`);
  const more = pods.length - named.length;
  const words = `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  return `${pods.length === 1 ? '1 pod is' : `${pods.length} pods are`} on no node of this list: ${words}.`;
}

function emptyWords(isRead: boolean, nodes: number): string {
  if (!isRead) return 'Reading nodes and pods…';
  return nodes === 0 ? 'No nodes' : 'No node matches';
}
