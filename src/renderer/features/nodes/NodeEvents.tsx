import type { EventRow } from '../../../shared/kubernetes/rows.ts';
import { useRows } from '../../live/use-rows.ts';
import { ObjectEvents } from '../events/index.ts';
import classes from './NodePage.module.css';

export interface NodeEventsProps {
  readonly contextName: string;
  readonly name: string;
}

const NO_DAEMON_SETS: readonly never[] = [];

/** What happened to the node itself: what its pods went through stands on their pages. */
export function NodeEvents({ contextName, name }: NodeEventsProps) {
  const read = useRows<EventRow>(['nodeEvents', contextName, name], (client, signal) =>
    client.event.watchOfNode({ contextName, name }, { signal }),
  );
  return (
    <div className={classes.events}>
      <ObjectEvents
        contextName={contextName}
        daemonSets={NO_DAEMON_SETS}
        name={name}
        read={read}
        failedTitle="The events of the node cannot be read"
      />
    </div>
  );
}
