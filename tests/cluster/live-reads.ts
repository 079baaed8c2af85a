import type { RowsItem, ValueItem } from '../../src/shared/contract/live.ts';
import type { PodPlacement } from '../../src/shared/kubernetes/node-coverage.ts';
import type { DaemonSetRow, NodeRow, PodRow } from '../../src/shared/kubernetes/rows.ts';
import type { RealCore } from './real-core.ts';

/** The rows of a stream once its read is live. */
export async function rowsOf<Row extends { readonly uid: string }>(
  stream: Promise<AsyncIterable<RowsItem<Row>>>,
): Promise<readonly Row[]> {
  const rows = new Map<string, Row>();
  for await (const item of await stream) {
    if (item.type === 'full') rows.clear();
    for (const row of item.type === 'full' ? item.rows : item.upserted) rows.set(row.uid, row);
    if (item.state.phase === 'live') return [...rows.values()];
  }
  throw new Error('the stream ended');
}

/** The first value of a stream for which `wanted` is true. */
export async function valueOf<Value>(
  stream: Promise<AsyncIterable<ValueItem<Value>>>,
  wanted: (value: Value) => boolean = () => true,
): Promise<Value> {
  for await (const { value } of await stream) {
    if (value !== undefined && wanted(value)) return value;
  }
  throw new Error('the stream ended');
}

/** What a page reads of one DaemonSet of the namespace default. */
export interface OpenedDaemonSet {
  readonly target: { readonly contextName: string; readonly namespace: string; readonly name: string; uid: string };
  readonly row: DaemonSetRow;
  readonly placement: PodPlacement;
  readonly pods: readonly PodRow[];
  readonly nodes: readonly NodeRow[];
}

export async function openDaemonSet({ client, contextName }: RealCore, name: string): Promise<OpenedDaemonSet> {
  const ref = { contextName, namespace: 'default', name };
  const { row, placement } = await valueOf(client.daemonSet.watchOne(ref), (view) => view.row !== undefined);
  if (row === undefined || placement === undefined) throw new Error(`${name} has no template`);
  const target = { ...ref, uid: row.uid };
  return {
    target,
    row,
    placement,
    pods: await rowsOf(client.daemonSet.watchPods(target)),
    nodes: await rowsOf(client.cluster.watchNodes({ contextName })),
  };
}
