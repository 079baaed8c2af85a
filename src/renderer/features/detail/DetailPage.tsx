import { Button } from '@mantine/core';
import type { DaemonSetView } from '../../../shared/contract/daemonset.ts';
import type { PodPlacement } from '../../../shared/kubernetes/node-coverage.ts';
import type { DaemonSetRow } from '../../../shared/kubernetes/rows.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { PageTabs } from '../../components/PageTabs.tsx';
import { ReadTrouble } from '../../components/ReadTrouble.tsx';
import type { ReadState } from '../../../shared/contract/live.ts';
import { useReadNow } from '../../live/use-read-now.ts';
import { useValue } from '../../live/use-value.ts';
import { formatRoute } from '../../stores/route.ts';
import { navigate } from '../../stores/use-route.ts';
import { UsageProvider } from '../monitoring/index.ts';
import { DETAIL_TABS, tabOf } from './detail-tabs.tsx';
import { DetailHead } from './DetailHead.tsx';
import classes from './DetailPage.module.css';
import { usePodUsage } from './use-pod-usage.ts';

export interface DetailPageProps {
  readonly contextName: string;
  readonly namespace: string;
  readonly name: string;
  readonly tab?: string | undefined;
  readonly pod?: string | undefined;
  readonly container?: string | undefined;
  readonly run?: string | undefined;
  readonly node?: string | undefined;
  readonly show?: string | undefined;
}

/** One DaemonSet, live. */
export function DetailPage(props: DetailPageProps) {
  const { contextName, namespace, name } = props;
  const { value, state, retry } = useValue<DaemonSetView>(
    ['daemonSet', contextName, namespace, name],
    (client, signal) => client.daemonSet.watchOne({ contextName, namespace, name }, { signal }),
  );
  const readNow = useReadNow(contextName, retry);
  const back = <a href={formatRoute({ page: 'daemonSets', contextName })}>All DaemonSets</a>;
  if (value?.replacedByUid !== undefined) {
    return (
      <EmptyState title={`${name} was deleted and made anew`}>
        <span>Another DaemonSet now has this name in namespace {namespace}; it is not the one that was open here.</span>
        <Button variant="filled" onClick={retry}>
          Show the new one
        </Button>
        {back}
      </EmptyState>
    );
  }
  if (value?.gone === true) {
    return (
      <EmptyState
        title={value.row ? `${name} was deleted` : `There is no DaemonSet “${name}” in namespace ${namespace}`}
      >
        {back}
      </EmptyState>
    );
  }
  if (value?.row) {
    return <Detail {...props} row={value.row} placement={value.placement} state={state} onNow={readNow} />;
  }
  if (state.phase === 'failed')
    return <ErrorPanel error={state.error} onRetry={readNow} title={`${name} cannot be read`} />;
  return <EmptyState title={`Reading ${name}…`} />;
}

interface DetailProps extends DetailPageProps {
  readonly row: DaemonSetRow;
  readonly placement: PodPlacement | undefined;
  readonly state: ReadState;
  readonly onNow: () => void;
}

function Detail(props: DetailProps) {
  const { contextName, namespace, name, row, pod, container, run, node, show, placement, state, onNow } = props;
  const tab = tabOf(props.tab);
  const samples = usePodUsage(contextName, row);
  const place = { page: 'daemonSet', contextName, namespace, name } as const;
  const goTo = (next: string | null) =>
    navigate(next === null || next === 'status' ? place : { ...place, tab: tabOf(next).value });
  return (
    <UsageProvider key={row.uid} samples={samples}>
      <div className={classes.page}>
        <DetailHead row={row} contextName={contextName} onLogs={() => goTo('logs')} />
        <ReadTrouble subject="DaemonSet" state={state} onNow={onNow} />
        <PageTabs tabs={DETAIL_TABS} value={tab.value} onChange={goTo}>
          <tab.Panel {...{ row, contextName, pod, container, run, node, show, placement }} />
        </PageTabs>
      </div>
    </UsageProvider>
  );
}
