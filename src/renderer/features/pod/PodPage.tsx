import { Button } from '@mantine/core';
import type { ReadState } from '../../../shared/contract/live.ts';
import type { PodView } from '../../../shared/contract/pod.ts';
import type { PodRow } from '../../../shared/kubernetes/rows.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { PageTabs } from '../../components/PageTabs.tsx';
import { ReadTrouble } from '../../components/ReadTrouble.tsx';
import { useReadNow } from '../../live/use-read-now.ts';
import { useValue } from '../../live/use-value.ts';
import { formatRoute } from '../../stores/route.ts';
import { navigate } from '../../stores/use-route.ts';
import { PodHead } from './PodHead.tsx';
import { PodNotice } from './PodNotice.tsx';
import classes from './PodPage.module.css';
import { POD_TABS, podTabOf } from './pod-tabs.ts';

export interface PodPageProps {
  readonly contextName: string;
  readonly namespace: string;
  readonly name: string;
  readonly tab?: string | undefined;
  readonly container?: string | undefined;
  readonly run?: string | undefined;
}

/** One pod, live; after its end its last state stays readable. */
export function PodPage(props: PodPageProps) {
  const { contextName, namespace, name } = props;
  const { value, state, retry } = useValue<PodView>(['pod', contextName, namespace, name], (client, signal) =>
    client.pod.watchOne({ contextName, namespace, name }, { signal }),
  );
  const readNow = useReadNow(contextName, retry);
  if (value?.row) return <Pod {...props} view={value} row={value.row} state={state} retry={retry} onNow={readNow} />;
  if (value?.gone === true) {
    return (
      <EmptyState title={`There is no pod “${name}” in namespace ${namespace}`}>
        <span>It was deleted, or the node was drained: a DaemonSet makes a new pod under another name.</span>
        <a href={formatRoute({ page: 'daemonSets', contextName })}>All DaemonSets</a>
      </EmptyState>
    );
  }
  if (state.phase === 'failed')
    return <ErrorPanel error={state.error} onRetry={readNow} title={`${name} cannot be read`} />;
  return <EmptyState title={`Reading ${name}…`} />;
}

interface PodProps extends PodPageProps {
  readonly view: PodView;
  readonly row: PodRow;
  readonly state: ReadState;
  readonly retry: () => void;
  readonly onNow: () => void;
}

function Pod({ contextName, namespace, name, view, row, state, retry, onNow, ...rest }: PodProps) {
  const tab = podTabOf(rest.tab);
  const place = { page: 'pod', contextName, namespace, name } as const;
  const goTo = (next: string | null) =>
    navigate(next === null || next === 'overview' ? place : { ...place, tab: podTabOf(next).value });
  return (
    <div className={classes.page}>
      <PodHead contextName={contextName} view={view} row={row} />
      <PodNotice view={view}>
        {view.replacedByUid !== undefined && <Button onClick={retry}>Show the new one</Button>}
      </PodNotice>
      <ReadTrouble subject="Pod" state={state} onNow={onNow} />
      <PageTabs tabs={POD_TABS} value={tab.value} onChange={goTo} panelClass={classes.panel}>
        <tab.Panel contextName={contextName} view={view} row={row} container={rest.container} run={rest.run} />
      </PageTabs>
    </div>
  );
}
