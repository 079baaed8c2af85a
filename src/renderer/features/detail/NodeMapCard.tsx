import { useMemo } from 'react';
import type { ReadState } from '../../../shared/contract/live.ts';
import { type Coverage, classCounts } from '../../../shared/kubernetes/coverage.ts';
import type { ControllerRevisionRow, DaemonSetRow } from '../../../shared/kubernetes/rows.ts';
import { ReadTrouble } from '../../components/ReadTrouble.tsx';
import { SectionHead } from '../../components/SectionHead.tsx';
import { groupNodesBy, usePreferences } from '../../stores/preferences.ts';
import { formatRoute } from '../../stores/route.ts';
import { GroupPicker, NodeMap, ZONE_LABEL } from '../node-map/index.ts';
import classes from './NodeMapCard.module.css';
import { podRevisions } from './revision-names.ts';

export interface NodeMapCardProps {
  readonly contextName: string;
  readonly row: DaemonSetRow;
  /** Undefined until it was read. */
  readonly coverage: Coverage | undefined;
  /** Of the nodes. */
  readonly state: ReadState;
  readonly onNow: () => void;
  readonly revisions: readonly ControllerRevisionRow[];
  /** The node whose pods are shown. */
  readonly chosen: string | undefined;
  readonly onChoose: (nodeName: string | undefined) => void;
}

/** Every node as one cell; the Nodes tab says the same as a table. */
export function NodeMapCard(props: NodeMapCardProps) {
  const { contextName, row, coverage, state, onNow, revisions, chosen, onChoose } = props;
  const label = usePreferences(({ nodeLabel = ZONE_LABEL }) => nodeLabel);
  const revisionOf = useMemo(() => podRevisions(revisions), [revisions]);
  const { namespace, name, misscheduled } = row;
  const ahead = useMemo(() => coverage && aheadWords(coverage, misscheduled), [coverage, misscheduled]);
  return (
    <section className={classes.card} aria-label="Node map">
      <SectionHead title="Node map">
        <a
          className={classes.link}
          href={formatRoute({ page: 'daemonSet', contextName, namespace, name, tab: 'nodes' })}
        >
          As a table
        </a>
        <ReadTrouble subject="Nodes" state={state} onNow={onNow} />
        {coverage && (
          <span className={classes.picker}>
            <GroupPicker nodes={coverage.nodes} value={label} onChange={groupNodesBy} />
          </span>
        )}
      </SectionHead>
      {coverage ? (
        <NodeMap
          nodes={coverage.nodes}
          groupBy={label}
          revisionWords={(pod) => revisionOf(pod).words}
          chosen={chosen}
          onChoose={onChoose}
        />
      ) : (
        state.phase !== 'failed' && <p className={classes.muted}>Reading nodes and pods…</p>
      )}
      {ahead !== undefined && <p className={classes.muted}>{ahead}</p>}
    </section>
  );
}

/** The controller counts anew at its next sync of the DaemonSet, and a taint under which a pod may stay brings none. */
function aheadWords(coverage: Coverage, misscheduled: number): string | undefined {
  const { runsAndShouldNot } = classCounts(coverage);
  const mayStay = coverage.nodes.some(({ state, verdict }) => state === 'extra' && verdict.outcome === 'mayStay');
  if (!mayStay || runsAndShouldNot <= misscheduled) return undefined;
  const nodes = runsAndShouldNot === 1 ? '1 node runs a pod' : `${runsAndShouldNot} nodes run a pod`;
  return `${nodes} and should not, but misscheduled says ${misscheduled}: the controller counts a taint under which a pod may stay only when it next looks at this DaemonSet.`;
}
