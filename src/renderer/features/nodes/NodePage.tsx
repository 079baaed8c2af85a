import type { ConditionView } from '../../../shared/contract/pod.ts';
import type { NodeDetails } from '../../../shared/contract/node.ts';
import type { NodeRow } from '../../../shared/kubernetes/rows.ts';
import { ConditionList } from '../../components/ConditionList.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { Fact, FactLines, FactPanel, Facts } from '../../components/FactPanel.tsx';
import { ReadTrouble } from '../../components/ReadTrouble.tsx';
import { useNode } from '../../live/use-node.ts';
import { useReadNow } from '../../live/use-read-now.ts';
import { formatRoute } from '../../stores/route.ts';
import { NodeDaemonSets } from './NodeDaemonSets.tsx';
import { NodeEvents } from './NodeEvents.tsx';
import { NodeHead } from './NodeHead.tsx';
import classes from './NodePage.module.css';
import { NodeResources } from './NodeResources.tsx';

export interface NodePageProps {
  readonly contextName: string;
  readonly name: string;
}

/** One node, live: what it is, and every DaemonSet on it. */
export function NodePage({ contextName, name }: NodePageProps) {
  const { value, state, retry } = useNode(contextName, name);
  const readNow = useReadNow(contextName, retry);
  const { row, details, gone = false } = value ?? {};
  if (gone && row === undefined) {
    return (
      <EmptyState title={`There is no node “${name}”`}>
        <a href={formatRoute({ page: 'nodes', contextName })}>All nodes</a>
      </EmptyState>
    );
  }
  if (value === undefined && state.phase !== 'failed') return <EmptyState title={`Reading ${name}…`} />;
  return (
    <div className={classes.page}>
      <NodeHead contextName={contextName} name={name} row={row} gone={gone} />
      {gone && (
        <p className={classes.notice} role="status">
          {value?.replacedByUid === undefined
            ? 'This node was deleted. What is shown is its last state.'
            : 'This node was deleted, and another one has its name now. What is shown is the last state of the former one.'}
        </p>
      )}
      {row === undefined && state.phase === 'failed' ? (
        <ErrorPanel error={state.error} onRetry={readNow} title={`Node ${name} cannot be read`} />
      ) : (
        <ReadTrouble subject="Node" state={state} onNow={readNow} />
      )}
      <div className={classes.body}>
        <NodeDaemonSets contextName={contextName} name={name} node={row} />
        {row && details && <NodeFacts row={row} details={details} />}
        <NodeEvents contextName={contextName} name={name} />
      </div>
    </div>
  );
}

/** Ready should be True; every other condition of a node names a trouble. */
const isWell = ({ type, status }: ConditionView) => status === (type === 'Ready' ? 'True' : 'False');

function NodeFacts({ row, details }: { readonly row: NodeRow; readonly details: NodeDetails }) {
  const labels = Object.entries(row.labels).map(([key, value]) => (value === '' ? key : `${key}=${value}`));
  const { info, addresses } = details;
  return (
    <div className={classes.columns}>
      <FactPanel title="Conditions">
        <ConditionList conditions={details.conditions} isWell={isWell} />
      </FactPanel>
      <NodeResources details={details} />
      <FactPanel title="System">
        <Facts>
          <FactLines name="Addresses" lines={addresses} />
          <Fact name="Kubelet">{info['kubeletVersion']}</Fact>
          <Fact name="Runtime">{info['containerRuntimeVersion']}</Fact>
          <Fact name="Kernel">{info['kernelVersion']}</Fact>
          <Fact name="System">{[info['osImage'], info['architecture']].filter(Boolean).join(' · ')}</Fact>
        </Facts>
      </FactPanel>
      <FactPanel title="Labels" note={labels.length}>
        <ul className={classes.labels}>
          {labels.map((label) => (
            <li key={label}>{label}</li>
          ))}
        </ul>
      </FactPanel>
    </div>
  );
}
