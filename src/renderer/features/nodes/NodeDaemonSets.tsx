import { useMemo } from 'react';
import { type NodeDaemonSet, nodeDaemonSets } from '../../../shared/kubernetes/node-daemonsets.ts';
import type { NodeRow } from '../../../shared/kubernetes/rows.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { EndKept } from '../../components/EndKept.tsx';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { FactPanel } from '../../components/FactPanel.tsx';
import { ReadTrouble } from '../../components/ReadTrouble.tsx';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { useReadNow } from '../../live/use-read-now.ts';
import { formatRoute } from '../../stores/route.ts';
import { coverageWords, STATE_WORDS } from './node-words.ts';
import classes from './NodePage.module.css';
import { NodePods } from './NodePods.tsx';
import { useNodePods, usePlacements, useReadableNamespaces } from './use-node-reads.ts';

export interface NodeDaemonSetsProps {
  readonly contextName: string;
  readonly name: string;
  /** Absent: the node cannot be read, and only what has a pod on it is known. */
  readonly node: NodeRow | undefined;
}

/** Every DaemonSet on this node: what runs, what is missing and why, what is kept away and by what; then its other pods. */
export function NodeDaemonSets({ contextName, name, node }: NodeDaemonSetsProps) {
  const namespaces = useReadableNamespaces(contextName);
  const pods = useNodePods(contextName, name, namespaces);
  const placements = usePlacements(contextName, namespaces);
  const podsNow = useReadNow(contextName, pods.retry);
  const placementsNow = useReadNow(contextName, placements.retry);
  const isRead = placements.value !== undefined && pods.state.phase !== 'connecting' && pods.state.phase !== 'listing';
  const rows = useMemo(
    () => (isRead ? nodeDaemonSets(node, placements.value ?? [], pods.rows) : []),
    [isRead, node, placements.value, pods.rows],
  );
  const failure = [placements.state, pods.state].find((state) => state.phase === 'failed');
  const others = useMemo(() => {
    const uids = new Set(rows.map(({ uid }) => uid));
    return pods.rows.filter(({ nodeName, ownerUid }) => nodeName === name && !uids.has(ownerUid ?? ''));
  }, [rows, pods.rows, name]);
  return (
    <>
      <FactPanel title="DaemonSets" note={isRead && rows.length > 0 ? coverageWords(rows) : undefined}>
        {failure && <ErrorPanel error={failure.error} onRetry={podsNow} title="The DaemonSets here cannot be read" />}
        {pods.state.phase === 'stale' && <ReadTrouble subject="Pods" state={pods.state} onNow={podsNow} />}
        {placements.state.phase === 'stale' && (
          <ReadTrouble subject="DaemonSets" state={placements.state} onNow={placementsNow} />
        )}
        {rows.length > 0 && <CoverageTable contextName={contextName} rows={rows} />}
        {rows.length === 0 && !failure && (
          <EmptyState title={isRead ? 'No DaemonSet has to do with this node' : 'Reading the DaemonSets…'} />
        )}
        <p className={classes.muted}>
          {[
            namespaces === 'all' ? '' : `Read in ${namespaces.join(', ')} only, as far as your rights go.`,
            node === undefined ? 'Which DaemonSets are missing is not known while the node cannot be read.' : '',
          ]
            .filter(Boolean)
            .join(' ')}
        </p>
      </FactPanel>
      {isRead && others.length > 0 && <NodePods contextName={contextName} pods={others} />}
    </>
  );
}

interface CoverageTableProps {
  readonly contextName: string;
  readonly rows: readonly NodeDaemonSet[];
}

function CoverageTable({ contextName, rows }: CoverageTableProps) {
  return (
    <table className={classes.table} aria-label="DaemonSets on this node">
      <thead>
        <tr>
          <th scope="col">DaemonSet</th>
          <th scope="col">Namespace</th>
          <th scope="col">State</th>
          <th scope="col">Pod</th>
          <th scope="col">Why</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ uid, name, namespace, state, why, pod }) => (
          <tr key={uid}>
            <th scope="row">
              <a className={classes.link} href={formatRoute({ page: 'daemonSet', contextName, namespace, name })}>
                {name}
              </a>
            </th>
            <td>
              <span className={classes.oneLine} title={namespace}>
                {namespace}
              </span>
            </td>
            <td>
              <StatusBadge tone={STATE_WORDS[state].tone}>{STATE_WORDS[state].words}</StatusBadge>
            </td>
            <td>
              {pod ? (
                <a
                  className={`${classes.link} ${classes.oneLine}`}
                  href={formatRoute({ page: 'pod', contextName, namespace, name: pod.name })}
                  title={pod.name}
                >
                  <EndKept name={pod.name} />
                </a>
              ) : (
                '–'
              )}
            </td>
            <td>{why || '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
