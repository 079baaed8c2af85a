import { Select } from '@mantine/core';
import type { DaemonSetRow, PodRow } from '../../../shared/kubernetes/rows.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { useReadNow } from '../../live/use-read-now.ts';
import { navigate } from '../../stores/use-route.ts';
import { LogPanel } from '../logs/index.ts';
import { containerOptions, firstContainer, firstPod } from './log-target.ts';
import { useDaemonSetPods } from './use-detail.ts';

export interface LogsTabProps {
  readonly row: DaemonSetRow;
  readonly contextName: string;
  readonly pod: string | undefined;
  readonly container: string | undefined;
  /** `previous`: begins with the run before the present one. */
  readonly run: string | undefined;
}

/** More options than these are found by typing. */
const MAX_OPTIONS = 100;

/** The log of one container of one pod, both chosen here. The choice is in the URL. */
export function LogsTab({ row, contextName, pod, container, run }: LogsTabProps) {
  const { rows, state, retry } = useDaemonSetPods(contextName, row);
  const readNow = useReadNow(contextName, retry);
  const { namespace, name } = row;
  const podName = pod ?? firstPod(rows)?.name;
  const chosen = rows.find((each) => each.name === podName);
  const containerName = container ?? (chosen && firstContainer(chosen));
  const choose = (nextPod: string, nextContainer: string | undefined) =>
    navigate({
      ...({ page: 'daemonSet', contextName, namespace, name, tab: 'logs', pod: nextPod } as const),
      ...(nextContainer !== undefined && { container: nextContainer }),
    });
  if (state.phase === 'failed' && rows.length === 0) {
    return <ErrorPanel error={state.error} onRetry={readNow} title="The pods cannot be read" />;
  }
  if (podName === undefined || containerName === undefined) {
    return (
      <EmptyState
        title={state.phase === 'live' ? `${podName ?? name} has no pod to read a log of` : 'Reading the pods…'}
      />
    );
  }
  return (
    <LogPanel
      key={`${podName}/${containerName}/${run ?? ''}`}
      contextName={contextName}
      namespace={namespace}
      pod={podName}
      container={containerName}
      startsPrevious={run === 'previous'}
    >
      <Select
        aria-label="Pod"
        data={podOptions(rows, podName, state.phase === 'live')}
        value={podName}
        searchable
        limit={MAX_OPTIONS}
        allowDeselect={false}
        w={240}
        onChange={(next) => next !== null && choose(next, undefined)}
      />
      <Select
        aria-label="Container"
        data={containerOptions(chosen, containerName)}
        value={containerName}
        allowDeselect={false}
        w={130}
        onChange={(next) => next !== null && choose(podName, next)}
      />
    </LogPanel>
  );
}

/** A pod that is gone stays chosen: what was read of it is still here. Only a live list knows that one is gone. */
function podOptions(
  rows: readonly PodRow[],
  chosen: string,
  isLive: boolean,
): readonly { value: string; label: string }[] {
  const options = rows.map(({ name, nodeName }) => ({ value: name, label: nodeName ? `${name} · ${nodeName}` : name }));
  const isThere = rows.some(({ name }) => name === chosen);
  return isThere ? options : [{ value: chosen, label: isLive ? `${chosen} · gone` : chosen }, ...options];
}
