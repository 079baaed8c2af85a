import { Drawer } from '@mantine/core';
import type { PodView } from '../../../shared/contract/pod.ts';
import type { PodRow } from '../../../shared/kubernetes/rows.ts';
import { Age } from '../../components/Age.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { ReadTrouble } from '../../components/ReadTrouble.tsx';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { useFocusReturn } from '../../components/use-focus-return.ts';
import { useServices } from '../../live/services.ts';
import { useReadNow } from '../../live/use-read-now.ts';
import { type LiveValue, useValue } from '../../live/use-value.ts';
import { formatRoute } from '../../stores/route.ts';
import { PodMenu } from '../operations/index.ts';
import { ContainerCard } from './ContainerCard.tsx';
import classes from './ContainersDrawer.module.css';
import { podStatusWords, podTone } from './pod-status.ts';

export interface ContainersDrawerProps {
  readonly contextName: string;
  readonly namespace: string;
  readonly pod: string;
  readonly onClose: () => void;
  readonly onLogs: (container: string) => void;
}

/** The containers of one pod, live. */
export function ContainersDrawer({ contextName, namespace, pod, onClose, onLogs }: ContainersDrawerProps) {
  useFocusReturn();
  const view = useValue<PodView>(['pod', contextName, namespace, pod], (client, signal) =>
    client.pod.watchOne({ contextName, namespace, name: pod }, { signal }),
  );
  const readNow = useReadNow(contextName, view.retry);
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="min(560px, 92vw)"
      title={<span className={classes.title}>Containers of {pod}</span>}
      closeButtonProps={{ 'aria-label': 'Close' }}
      overlayProps={{ backgroundOpacity: 0.15 }}
      transitionProps={{ duration: 80 }}
    >
      <DrawerBody view={view} contextName={contextName} pod={pod} onLogs={onLogs} onNow={readNow} />
    </Drawer>
  );
}

interface DrawerBodyProps {
  readonly contextName: string;
  readonly view: LiveValue<PodView>;
  readonly pod: string;
  readonly onLogs: (container: string) => void;
  readonly onNow: () => void;
}

function DrawerBody({ view, contextName, pod, onLogs, onNow }: DrawerBodyProps) {
  const { value, state } = view;
  if (value === undefined) {
    if (state.phase === 'failed')
      return <ErrorPanel error={state.error} onRetry={onNow} title={`${pod} cannot be read`} />;
    return <EmptyState title="Reading the pod…" />;
  }
  if (value.gone && value.containers.length === 0) return <EmptyState title={`${pod} is gone`} />;
  return (
    <div className={classes.list}>
      {value.row && <PodLine contextName={contextName} row={value.row} gone={value.gone} />}
      <ReadTrouble subject="Pod" state={state} onNow={onNow} />
      <Conditions view={value} />
      {value.containers.map((container) => (
        <ContainerCard key={container.name} container={container} onLogs={() => onLogs(container.name)} />
      ))}
    </div>
  );
}

interface PodLineProps {
  readonly contextName: string;
  readonly row: PodRow;
  readonly gone: boolean;
}

function PodLine({ contextName, row, gone }: PodLineProps) {
  const { clock } = useServices();
  const { namespace, name, nodeName, uid } = row;
  return (
    <div className={classes.pod}>
      {gone ? (
        <StatusBadge tone="quiet">gone</StatusBadge>
      ) : (
        <StatusBadge tone={podTone(row, false, clock.now())}>{podStatusWords(row)}</StatusBadge>
      )}
      {nodeName === undefined ? (
        <span>on no node yet</span>
      ) : (
        <span>
          on{' '}
          <a className={classes.link} href={formatRoute({ page: 'node', contextName, name: nodeName })}>
            {nodeName}
          </a>
        </span>
      )}
      {row.hostIP !== undefined && <span>node IP {row.hostIP}</span>}
      {row.podIP !== undefined && <span>pod IP {row.podIP}</span>}
      <span>
        <Age timestamp={row.creationTimestamp} /> old
      </span>
      <a className={classes.link} href={formatRoute({ page: 'pod', contextName, namespace, name })}>
        Page of the pod
      </a>
      {!gone && <PodMenu pod={{ contextName, namespace, name, uid }} />}
    </div>
  );
}

function Conditions({ view }: { readonly view: PodView }) {
  const unmet = view.conditions.filter((condition) => condition.status !== 'True');
  if (unmet.length === 0) return null;
  return (
    <ul className={classes.conditions} aria-label="Conditions not met">
      {unmet.map(({ type, reason, message }) => (
        <li key={type}>
          <strong>{type}</strong> {[reason, message].filter(Boolean).join(': ')}
        </li>
      ))}
    </ul>
  );
}
