import { daemonSetStatus } from '../../../shared/kubernetes/daemonset.ts';
import type { ControllerRevisionRow, DaemonSetRow, PodRow } from '../../../shared/kubernetes/rows.ts';
import { useNow } from '../../live/use-now.ts';
import { useReadNow } from '../../live/use-read-now.ts';
import { navigate } from '../../stores/use-route.ts';
import { ContainersDrawer } from './ContainersDrawer.tsx';
import { PodsSection } from './PodsSection.tsx';
import { ReplicaStatus } from './ReplicaStatus.tsx';
import { useRevisions } from '../../live/use-revisions.ts';
import { RolloutCard } from './RolloutCard.tsx';
import { StagedCard } from './StagedCard.tsx';
import { useDaemonSetPods } from './use-detail.ts';

export interface ResourceStatusTabProps {
  readonly row: DaemonSetRow;
  readonly contextName: string;
  /** Name of the pod whose containers are open. */
  readonly pod: string | undefined;
}

const STATUS_EVERY_MS = 10_000;
const NO_REVISIONS: readonly ControllerRevisionRow[] = [];

/** Counts, rollout, and the pods with their containers. */
export function ResourceStatusTab({ row, contextName, pod }: ResourceStatusTabProps) {
  const now = useNow(STATUS_EVERY_MS);
  const pods = useDaemonSetPods(contextName, row);
  const revisions = useRevisions(contextName, row);
  const podsNow = useReadNow(contextName, pods.retry);
  const revisionsNow = useReadNow(contextName, revisions.retry);
  const { namespace, name } = row;
  const place = { page: 'daemonSet', contextName, namespace, name } as const;
  const openLogs = (podName: string, container: string | undefined) =>
    navigate({ ...place, tab: 'logs', pod: podName, ...(container !== undefined && { container }) });
  return (
    <>
      <ReplicaStatus row={row} />
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
      <StagedCard contextName={contextName} row={row} />
      <PodsSection
        contextName={contextName}
        pods={pods}
        revisions={revisions.value ?? NO_REVISIONS}
        selectedName={pod}
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
