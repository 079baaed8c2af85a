import { Button, TextInput } from '@mantine/core';
import { useCallback, useDeferredValue, useMemo, useState } from 'react';
import { nodeOf } from '../../../shared/kubernetes/rollout-nodes.ts';
import type { ControllerRevisionRow, PodRow } from '../../../shared/kubernetes/rows.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { ReadTrouble } from '../../components/ReadTrouble.tsx';
import { SectionHead } from '../../components/SectionHead.tsx';
import { VirtualTable } from '../../components/VirtualTable.tsx';
import type { LiveRows } from '../../live/use-rows.ts';
import type { SortOrder } from '../../stores/route.ts';
import { useUsages } from '../monitoring/index.ts';
import { podColumns } from './pod-columns.tsx';
import { filterPods } from './pod-filter.ts';
import { readWords } from './read-words.ts';
import classes from './PodsSection.module.css';
import { podRevisions } from './revision-names.ts';
import { useThrottled } from './use-throttled.ts';

export interface PodsSectionProps {
  readonly contextName: string;
  readonly pods: LiveRows<PodRow>;
  readonly revisions: readonly ControllerRevisionRow[];
  readonly selectedName: string | undefined;
  /** Only pods of the node of this name are shown; absent: all. */
  readonly node: string | undefined;
  readonly onAllNodes: () => void;
  readonly onOpen: (pod: PodRow) => void;
  readonly onLogs: (podName: string, container: string | undefined) => void;
  /** Reads the pods now instead of waiting. */
  readonly onNow: () => void;
}

/** Above so many pods the table is sorted anew only now and then, so that scrolling stays smooth in a rollout. */
const MANY_PODS = 1000;
const CALM_MS = 400;

const podUid = (pod: PodRow) => pod.uid;

/** The pods table with its filter. Rows stay on screen whatever happens to the stream. */
export function PodsSection(props: PodsSectionProps) {
  const { contextName, pods, revisions, selectedName, node, onAllNodes, onOpen, onLogs, onNow } = props;
  const [filter, setFilter] = useState('');
  const [sort, setSort] = useState<SortOrder | undefined>({ column: 'pod', descending: false });
  const applied = useDeferredValue(filter);
  const revisionOf = useMemo(() => podRevisions(revisions), [revisions]);
  const rows = useThrottled(pods.rows, pods.rows.length > MANY_PODS ? CALM_MS : 0);
  const shown = useMemo(
    () => filterPods(node === undefined ? rows : rows.filter((pod) => nodeOf(pod) === node), applied, revisionOf),
    [rows, node, applied, revisionOf],
  );
  const logs = useCallback((pod: PodRow) => onLogs(pod.name, undefined), [onLogs]);
  const measured = useUsages();
  const usages = measured === undefined || measured.times.length === 0 ? undefined : measured.pods;
  const columns = useMemo(
    () => podColumns({ contextName, revisionOf, onLogs: logs, usages }),
    [contextName, revisionOf, logs, usages],
  );
  const selected = pods.rows.find((pod) => pod.name === selectedName);
  const { state } = pods;
  return (
    <section className={classes.section} aria-label="Pods">
      <SectionHead title="Pods">
        <span className={classes.count}>{countWords(pods.rows, shown.length)}</span>
        {node !== undefined && (
          <Button
            size="compact-xs"
            rightSection="×"
            aria-label={`On ${node}: show the pods of all nodes`}
            onClick={onAllNodes}
          >
            {node}
          </Button>
        )}
        <span className={classes.state} role="status">
          {readWords(state)}
        </span>
        {state.phase === 'stale' && <ReadTrouble subject="Pods" state={state} onNow={onNow} />}
        <TextInput
          className={classes.filter}
          aria-label="Filter pods"
          placeholder="Filter by pod, node, address, status…"
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value)}
        />
      </SectionHead>
      {state.phase === 'failed' && <ErrorPanel error={state.error} onRetry={onNow} title="The pods cannot be read" />}
      {(state.phase !== 'failed' || pods.rows.length > 0) && (
        <VirtualTable
          label="Pods"
          items={shown}
          columns={columns}
          rowId={podUid}
          sort={sort}
          onSort={setSort}
          onOpen={onOpen}
          selectedId={selected?.uid}
          empty={<NoPods filter={applied} node={node} hasPods={pods.rows.length > 0} isRead={state.phase === 'live'} />}
        />
      )}
    </section>
  );
}

interface NoPodsProps {
  readonly filter: string;
  readonly node: string | undefined;
  readonly hasPods: boolean;
  readonly isRead: boolean;
}

function NoPods({ filter, node, hasPods, isRead }: NoPodsProps) {
  if (hasPods && node !== undefined)
    return <EmptyState title={filter === '' ? `No pod on ${node}` : `No pod on ${node} matches “${filter}”`} />;
  if (hasPods) return <EmptyState title={`No pod matches “${filter}”`} />;
  return <EmptyState title={isRead ? 'No pods' : 'Reading the pods…'} />;
}

function countWords(pods: readonly PodRow[], shown: number): string {
  const notReady = pods.filter((pod) => !pod.ready).length;
  const total = shown === pods.length ? `${pods.length}` : `${shown} of ${pods.length}`;
  return notReady === 0 ? total : `${total} · ${notReady} not ready`;
}
