import { strategyTypeLine } from '../../../shared/kubernetes/kubectl.ts';
import type { DaemonSetRow } from '../../../shared/kubernetes/rows.ts';
import type { StrategyType } from '../../../shared/manifest/strategy-type.ts';
import { useServices } from '../../live/services.ts';
import type { ManyAct } from './many-act.ts';
import { ManyDialog, type ManyProps } from './ManyDialog.tsx';
import classes from './OperationDialog.module.css';
import { operationWords, whyNotOffered } from './operation.ts';
import { isSwitched, switchStrategy } from './strategy-switch.ts';

export interface PauseManyProps extends ManyProps {
  /** OnDelete pauses, RollingUpdate resumes. */
  readonly strategyType: StrategyType;
}

/** Switches the update strategy of each that has the other one; the others are named with the reason. */
export function PauseManyDialog({ contextName, rows, strategyType, onClose }: PauseManyProps) {
  const { client } = useServices();
  const operation = strategyType === 'OnDelete' ? 'pause' : 'resume';
  const done = operation === 'pause' ? 'Paused' : 'Resumed';
  const target = ({ namespace, name, uid }: DaemonSetRow) => ({ contextName, namespace, name, uid });
  const act: ManyAct = {
    verb: operationWords(operation),
    perform: async (row) => {
      const { changed, warnings } = await switchStrategy(client, target(row), strategyType);
      return { words: changed.length > 0 ? done : `${done} already`, warnings };
    },
    lookBack: async (row) =>
      (await isSwitched(client, target(row), strategyType)) ? { words: done, warnings: [] } : undefined,
    kubectl: ({ namespace, name }) => strategyTypeLine({ contextName, namespace, name }, strategyType),
    whyNot: (row) => whyNotOffered(operation, row),
    leftOutWords: operation === 'pause' ? 'cannot be paused' : 'cannot be resumed',
  };
  const title = `${act.verb} ${rows.length} DaemonSets`;
  return (
    <ManyDialog act={act} title={title} rows={rows} about={({ strategy }) => strategy.type} onClose={onClose}>
      <p>
        A DaemonSet has no pause. The type of the update strategy of each is switched to <code>{strategyType}</code>;{' '}
        <code>rollingUpdate</code> stays as it is.
      </p>
      {operation === 'pause' ? (
        <p>
          Pods that are being replaced now are finished. After that a new pod comes on a node only when its old pod is
          deleted.
        </p>
      ) : (
        <p className={classes.note}>
          The controller goes on to replace old pods by itself, as rollingUpdate says: also of those that were OnDelete
          by design, as many network plugins are.
        </p>
      )}
    </ManyDialog>
  );
}
