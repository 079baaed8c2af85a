import { TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { NodeRow } from '../../../shared/kubernetes/rows.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { ReadTrouble } from '../../components/ReadTrouble.tsx';
import { SectionHead } from '../../components/SectionHead.tsx';
import { VirtualTable } from '../../components/VirtualTable.tsx';
import { useReadNow } from '../../live/use-read-now.ts';
import { useRows } from '../../live/use-rows.ts';
import type { SortOrder } from '../../stores/route.ts';
import { navigate } from '../../stores/use-route.ts';
import { nodeColumns } from './node-columns.tsx';
import { taintWords } from './node-words.ts';
import classes from './NodePage.module.css';

const nodeUid = (node: NodeRow) => node.uid;

/** All nodes of a cluster. */
export function NodesPage({ contextName }: { readonly contextName: string }) {
  const [filter, setFilter] = useState('');
  const [sort, setSort] = useState<SortOrder | undefined>({ column: 'name', descending: false });
  const { rows, state, retry } = useRows<NodeRow>(['nodes', contextName], (client, signal) =>
    client.cluster.watchNodes({ contextName }, { signal }),
  );
  const readNow = useReadNow(contextName, retry);
  const columns = useMemo(() => nodeColumns(contextName), [contextName]);
  const shown = useMemo(() => filterNodes(rows, filter), [rows, filter]);
  return (
    <div className={classes.page}>
      <SectionHead title="Nodes" isPage>
        <span className={classes.count} role="status">
          {countWords(rows, shown.length)}
        </span>
        <TextInput
          aria-label="Filter nodes"
          placeholder="Filter by name, label, taint…"
          w={280}
          ml="auto"
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value)}
        />
        {state.phase === 'stale' && <ReadTrouble subject="Nodes" state={state} onNow={readNow} />}
      </SectionHead>
      {state.phase === 'failed' && (
        <ErrorPanel error={state.error} onRetry={readNow} title="The nodes cannot be read" />
      )}
      {(state.phase !== 'failed' || rows.length > 0) && (
        <VirtualTable
          label="Nodes"
          items={shown}
          columns={columns}
          rowId={nodeUid}
          sort={sort}
          onSort={setSort}
          onOpen={({ name }) => navigate({ page: 'node', contextName, name })}
          empty={<EmptyState title={emptyWords(rows.length, filter, state.phase === 'live')} />}
        />
      )}
    </div>
  );
}

/** "24", "3 of 24 · 1 not ready · 2 cordoned": the troubles are of all nodes, whatever the filter shows. */
function countWords(nodes: readonly NodeRow[], shown: number): string {
  if (nodes.length === 0) return '';
  const notReady = nodes.filter(({ ready }) => !ready).length;
  const cordoned = nodes.filter(({ unschedulable }) => unschedulable).length;
  return [
    shown === nodes.length ? `${shown}` : `${shown} of ${nodes.length}`,
    ...(notReady > 0 ? [`${notReady} not ready`] : []),
    ...(cordoned > 0 ? [`${cordoned} cordoned`] : []),
  ].join(' · ');
}

function emptyWords(nodes: number, filter: string, isRead: boolean): string {
  if (nodes > 0) return `No node matches “${filter}”`;
  return isRead ? 'No nodes' : 'Reading the nodes…';
}

/** Nodes that hold every word of the filter in their name, a label or a taint. */
function filterNodes(nodes: readonly NodeRow[], filter: string): readonly NodeRow[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return nodes;
  return nodes.filter((node) => {
    const labels = Object.entries(node.labels).map(([key, value]) => `${key}=${value}`);
    const text = [node.name, ...labels, ...node.taints.map(taintWords), node.unschedulable && 'cordoned']
      .filter(Boolean)
      .join(' ')
      .toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
