import { useMemo, useState } from 'react';
import { type Coverage, coverageOf } from '../../../shared/kubernetes/coverage.ts';
import { createFailures } from '../../../shared/kubernetes/create-failures.ts';
import type { PodPlacement } from '../../../shared/kubernetes/node-coverage.ts';
import { currentRevision } from '../../../shared/kubernetes/revision.ts';
import type { ControllerRevisionRow, DaemonSetRow, NodeRow, PodRow } from '../../../shared/kubernetes/rows.ts';
import type { ReadState } from '../../../shared/contract/live.ts';
import { RowOrder, type TableColumn } from '../../components/table-model.ts';
import { useNow } from '../../live/use-now.ts';
import { type LiveRows, useRows } from '../../live/use-rows.ts';
import { useOwnEvents } from './use-detail.ts';
import { useThrottled } from './use-throttled.ts';

export interface CoverageSources {
  readonly contextName: string;
  readonly row: DaemonSetRow;
  readonly placement: PodPlacement | undefined;
  readonly pods: LiveRows<PodRow>;
  readonly revisions: readonly ControllerRevisionRow[] | undefined;
}

export interface LiveCoverage {
  /** Nodes in the order of their names; undefined until nodes, pods and template were read. */
  readonly coverage: Coverage | undefined;
  readonly nodes: LiveRows<NodeRow>;
}

/** Above so many rows all is counted anew only now and then, as the pods table sorts. */
const MANY_ROWS = 1000;
const CALM_MS = 400;
/** Only minReadySeconds passes without an event. */
const PASSING_MS = 2000;
const SELDOM_MS = 60_000;

const byName: readonly TableColumn<NodeRow>[] = [
  { id: 'name', header: '', minWidthPx: 0, sortValue: ({ name }) => name, cell: () => null },
];
const nodeUid = ({ uid }: NodeRow) => uid;
const sort = { column: 'name', descending: false } as const;

/** Where the DaemonSet's pods are and should be, live. */
export function useCoverage({ contextName, row, placement, pods, revisions }: CoverageSources): LiveCoverage {
  const nodes = useRows<NodeRow>(['nodes', contextName], (client, signal) =>
    client.cluster.watchNodes({ contextName }, { signal }),
  );
  const events = useOwnEvents(contextName, row);
  const [order] = useState(() => new RowOrder<NodeRow>());
  const { minReadySeconds } = row;
  const now = useNow(minReadySeconds > 0 ? PASSING_MS : SELDOM_MS);
  const currentHash = currentRevision(revisions ?? [])?.hash;
  const [wasRead, setRead] = useState(false);
  const isRead = wasRead || (isWhole(nodes.state) && isWhole(pods.state) && placement !== undefined);
  if (isRead !== wasRead) setRead(isRead);
  // Nothing before all is read, so that no part of a list is shown later, when it is its turn.
  const input = useMemo(
    () =>
      isRead && placement !== undefined
        ? { placement, nodeRows: nodes.rows, pods: pods.rows, events: events.rows, currentHash, minReadySeconds, now }
        : undefined,
    [isRead, placement, nodes.rows, pods.rows, events.rows, currentHash, minReadySeconds, now],
  );
  const isLarge = nodes.rows.length + pods.rows.length > MANY_ROWS;
  const calm = useThrottled(input, isLarge ? CALM_MS : 0);
  const coverage = useMemo(() => {
    if (calm === undefined) return undefined;
    const rows = order.sort({ items: calm.nodeRows, columns: byName, rowId: nodeUid, sort });
    return coverageOf({ ...calm, nodes: rows, failures: createFailures(calm.events) });
  }, [calm, order]);
  return { coverage, nodes };
}

/** A list in parts would call every node that is not read yet missing. */
function isWhole({ phase }: ReadState): boolean {
  return phase === 'live' || phase === 'stale';
}
