import type { PodRow } from '../../../shared/kubernetes/rows.ts';
import { Age } from '../../components/Age.tsx';
import { EndKept } from '../../components/EndKept.tsx';
import { FactPanel } from '../../components/FactPanel.tsx';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { useServices } from '../../live/services.ts';
import { formatRoute } from '../../stores/route.ts';
import { podStatusWords, podTone } from '../detail/index.ts';
import classes from './NodePage.module.css';

export interface NodePodsProps {
  readonly contextName: string;
  /** Those on the node that belong to no DaemonSet. */
  readonly pods: readonly PodRow[];
}

/** What else runs on the node, by namespace and name. */
export function NodePods({ contextName, pods }: NodePodsProps) {
  const { clock } = useServices();
  const ordered = pods.toSorted((a, b) => `${a.namespace}/${a.name}`.localeCompare(`${b.namespace}/${b.name}`, 'en'));
  return (
    <FactPanel title="Other pods" note={pods.length}>
      <table className={classes.table} aria-label="Other pods on this node">
        <thead>
          <tr>
            <th scope="col">Pod</th>
            <th scope="col">Namespace</th>
            <th scope="col">Status</th>
            <th scope="col">Restarts</th>
            <th scope="col">Age</th>
          </tr>
        </thead>
        <tbody>
          {ordered.map((pod) => (
            <tr key={pod.uid}>
              <th scope="row">
                <a
                  className={`${classes.link} ${classes.podName}`}
                  href={formatRoute({ page: 'pod', contextName, namespace: pod.namespace, name: pod.name })}
                  title={pod.name}
                >
                  <EndKept name={pod.name} />
                </a>
              </th>
              <td>
                <span className={classes.oneLine} title={pod.namespace}>
                  {pod.namespace}
                </span>
              </td>
              <td>
                <StatusBadge tone={pod.phase === 'Succeeded' ? 'quiet' : podTone(pod, false, clock.now())}>
                  {podStatusWords(pod)}
                </StatusBadge>
              </td>
              <td>{pod.restarts}</td>
              <td>
                <Age timestamp={pod.creationTimestamp} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </FactPanel>
  );
}
