import type { DaemonSetRow } from '../../../shared/kubernetes/rows.ts';
import classes from './ReplicaStatus.module.css';

interface Figure {
  readonly label: string;
  readonly value: number;
  readonly title: string;
}

/** The six counts of status. */
export function ReplicaStatus({ row }: { readonly row: DaemonSetRow }) {
  return (
    <section className={classes.card} aria-label="Replica status">
      {figures(row).map(({ label, value, title }) => (
        <div key={label} className={classes.figure} title={title} role="group" aria-label={`${value} ${label}`}>
          <strong>{value.toLocaleString('en')}</strong>
          <span>{label}</span>
        </div>
      ))}
    </section>
  );
}

function figures(row: DaemonSetRow): readonly Figure[] {
  return [
    {
      label: 'desired · follows the nodes',
      value: row.desired,
      title: 'Nodes that should run a pod. It follows from the nodes and cannot be edited.',
    },
    { label: 'current', value: row.current, title: 'Nodes that run at least one pod and should' },
    { label: 'ready', value: row.ready, title: 'Nodes that should run a pod and have one that is ready' },
    { label: 'up to date', value: row.updated, title: 'Nodes whose pod is of the current revision' },
    { label: 'available', value: row.available, title: 'Nodes whose pod has been ready for minReadySeconds' },
    { label: 'misscheduled', value: row.misscheduled, title: 'Nodes that run a pod and should not' },
  ];
}
