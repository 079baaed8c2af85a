import { useState } from 'react';
import type { NodeRow } from '../../../shared/kubernetes/rows.ts';
import { Age } from '../../components/Age.tsx';
import { GuardedButton } from '../../components/GuardedButton.tsx';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { usePermission } from '../../live/use-access.ts';
import { CordonDialog } from './CordonDialog.tsx';
import classes from './NodePage.module.css';
import { taintWords, zoneOf } from './node-words.ts';

export interface NodeHeadProps {
  readonly contextName: string;
  readonly name: string;
  /** Absent: the node cannot be read. */
  readonly row: NodeRow | undefined;
  readonly gone: boolean;
}

/** Name, readiness and taints of a node, and what can be done with it. */
export function NodeHead({ contextName, name, row, gone }: NodeHeadProps) {
  return (
    <header className={classes.head}>
      <div className={classes.titles}>
        <div className={classes.titleLine}>
          <h1 className={classes.title}>{name}</h1>
          {row && <NodeState row={row} gone={gone} />}
        </div>
        {row && (
          <dl className={classes.facts} aria-label="Facts">
            <dt>Zone</dt>
            <dd>{zoneOf(row) ?? 'none'}</dd>
            <dt>Taints</dt>
            <dd>{row.taints.length === 0 ? 'none' : row.taints.map(taintWords).join(', ')}</dd>
            <dt>Age</dt>
            <dd>
              <Age timestamp={row.creationTimestamp} />
            </dd>
          </dl>
        )}
      </div>
      {row && !gone && <CordonButton contextName={contextName} row={row} />}
    </header>
  );
}

function NodeState({ row, gone }: { readonly row: NodeRow; readonly gone: boolean }) {
  if (gone) return <StatusBadge tone="quiet">gone</StatusBadge>;
  return (
    <>
      <StatusBadge tone={row.ready ? 'good' : 'bad'}>{row.ready ? 'Ready' : 'Not ready'}</StatusBadge>
      {row.unschedulable && <StatusBadge tone="warn">cordoned</StatusBadge>}
    </>
  );
}

function CordonButton({ contextName, row }: { readonly contextName: string; readonly row: NodeRow }) {
  // What the dialog does stays what was clicked, also when the node changes meanwhile.
  const [cordons, setCordons] = useState<boolean>();
  const { reason } = usePermission(contextName, { verb: 'patch', group: '', resource: 'nodes', name: row.name });
  return (
    <>
      <GuardedButton reason={reason} onClick={() => setCordons(!row.unschedulable)}>
        {row.unschedulable ? 'Uncordon' : 'Cordon'}
      </GuardedButton>
      {cordons !== undefined && (
        <CordonDialog contextName={contextName} row={row} cordons={cordons} onClose={() => setCordons(undefined)} />
      )}
    </>
  );
}
