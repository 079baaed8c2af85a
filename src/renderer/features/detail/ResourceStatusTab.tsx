import { daemonSetStatus } from '../../../shared/kubernetes/daemonset.ts';
import type { PodPlacement } from '../../../shared/kubernetes/node-coverage.ts';
import type { ControllerRevisionRow, DaemonSetRow, PodRow } from '../../../shared/kubernetes/rows.ts';
import { useNow } from '../../live/use-now.ts';
import { useReadNow } from '../../live/use-read-now.ts';
import { navigate } from '../../stores/use-route.ts';
import { ContainersDrawer } from './ContainersDrawer.tsx';
import { ExcludedCard } from './ExcludedCard.tsx';
import { NodeMapCard } from './NodeMapCard.tsx';
import classes from './NodeMapCard.module.css';
import { PodsSection } from './PodsSection.tsx';
import { ReplicaStatus } from './ReplicaStatus.tsx';
import { useRevisions } from '../../live/use-revisions.ts';
import { RolloutCard } from './RolloutCard.tsx';
import { StagedCard } from './StagedCard.tsx';
import { useCoverage } from './use-coverage.ts';
import { useDaemonSetPods } from './use-detail.ts';

export interface ResourceStatusTabProps {
  readonly row: DaemonSetRow;
  readonly contextName: string;
  /** Name of the pod whose containers are open. */
  readonly pod: string | undefined;
  /** Name of the node whose pods are shown; absent: of all. */
  readonly node: string | undefined;
  /** Where its template wants to run. */
  readonly placement: PodPlacement | undefined;
}

const STATUS_EVERY_MS = 10_000;
const NO_REVISIONS: readonly ControllerRevisionRow[] = [];

/** Counts, the nodes, rollout, and the pods with their containers. */
export function ResourceStatusTab({ row, contextName, pod, node, placement }: ResourceStatusTabProps) {
  const now = useNow(STATUS_EVERY_MS);
  const pods = useDaemonSetPods(contextName, row);
  const revisions = useRevisions(contextName, row);
  const { coverage, nodes } = useCoverage({ contextName, row, placement, pods, revisions: revisions.value });
  const podsNow = useReadNow(contextName, pods.retry);
  const revisionsNow = useReadNow(contextName, revisions.retry);
  const nodesNow = useReadNow(contextName, nodes.retry);
  const { namespace, name } = row;
  const whole = { page: 'daemonSet', contextName, namespace, name } as const;
  const place = node === undefined ? whole : { ...whole, node };
  const chooseNode = (chosen: string | undefined) =>
    navigate(chosen === undefined ? whole : { ...whole, node: chosen }, { replace: true });
  const openLogs = (podName: string, container: string | undefined) =>
    navigate({ ...whole, tab: 'logs', pod: podName, ...(container !== undefined && { container }) });
  return (
    <>
      <ReplicaStatus row={row} />
      <div className={classes.beside}>
        <div className={classes.column}>
          <NodeMapCard
            contextName={contextName}
            row={row}
            coverage={coverage}
            state={nodes.state}
            onNow={nodesNow}
            revisions={revisions.value ?? NO_REVISIONS}
            chosen={node}
            onChoose={chooseNode}
          />
          <ExcludedCard contextName={contextName} row={row} coverage={coverage} />
        </div>
        <div className={classes.column}>
          <RolloutCard
            contextName={contextName}
            row={row}
            pods={pods.rows}
            now={now}
            status={daemonSetStatus(row, { now })}
            revisions={revisions.value}
            state={revisions.state}
            onNow={revisionsNow}
          />
          <StagedCard contextName={contextName} row={row} coverage={coverage} />
        </div>
      </div>
      <PodsSection
        contextName={contextName}
        pods={pods}
        revisions={revisions.value ?? NO_REVISIONS}
        selectedName={pod}
        node={node}
        onAllNodes={() => chooseNode(undefined)}
        onOpen={(opened: PodRow) => navigate({ ...place, pod: opened.name })}
        onLogs={openLogs}
        onNow={podsNow}
      />
      {pod !== undefined && (
        <ContainersDrawer
          contextName={contextName}
          namespace={namespace}
          pod={pod}
          onClose={() => navigate(place)}
          onLogs={(container) => openLogs(pod, container)}
        />
      )}
    </>
  );
}
