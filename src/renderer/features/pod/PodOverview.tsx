import type { ConditionView } from '../../../shared/contract/pod.ts';
import { isNotablePodCondition } from '../../../shared/kubernetes/condition.ts';
import { ConditionList } from '../../components/ConditionList.tsx';
import { FactPanel } from '../../components/FactPanel.tsx';
import { navigate } from '../../stores/use-route.ts';
import { ContainerCard } from '../detail/index.ts';
import { logsRoute } from './pod-links.ts';
import type { PodTabProps } from './pod-tab.ts';
import classes from './PodPage.module.css';
import { PodScheduling } from './PodScheduling.tsx';
import { PodVolumes } from './PodVolumes.tsx';

const isWell = (condition: ConditionView) => !isNotablePodCondition(condition);

/** Conditions, containers, scheduling and volumes of a pod. */
export function PodOverview({ contextName, view, row }: PodTabProps) {
  const logsOf = (container: string) => {
    const route = logsRoute(contextName, view, container);
    return route && (() => navigate(route));
  };
  return (
    <div className={classes.columns}>
      <div className={classes.column}>
        {view.containers.map((container) => (
          <ContainerCard key={container.name} container={container} onLogs={logsOf(container.name)} />
        ))}
      </div>
      <div className={classes.column}>
        <FactPanel title="Conditions">
          {view.conditions.length === 0 ? (
            <p className={classes.muted}>The kubelet has not reported any yet.</p>
          ) : (
            <ConditionList conditions={view.conditions} isWell={isWell} />
          )}
        </FactPanel>
        {view.details && (
          <>
            <PodScheduling row={row} details={view.details} />
            <PodVolumes volumes={view.details.volumes} />
          </>
        )}
      </div>
    </div>
  );
}
