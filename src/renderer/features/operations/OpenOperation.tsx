import { assertNever } from '../../../shared/errors/assert-never.ts';
import type { DaemonSetRow } from '../../../shared/kubernetes/rows.ts';
import { EditDialog } from '../edit/index.ts';
import {
  DeleteDialog,
  PauseDialog,
  RedeployDialog,
  RollbackDialog,
  SetImageDialog,
  StagedRolloutDialog,
} from './lazy-dialogs.tsx';
import type { Operation } from './operation.ts';
import { targetsOf } from './target.ts';

export interface OpenOperationProps {
  readonly contextName: string;
  readonly row: DaemonSetRow;
  readonly operation: Operation | undefined;
  readonly onClose: () => void;
}

/** The dialog of an operation that was chosen. */
export function OpenOperation({ operation, ...about }: OpenOperationProps) {
  if (operation === undefined) return null;
  switch (operation) {
    case 'edit':
      return <EditDialog {...about} kind="base" />;
    case 'yaml':
      return <EditDialog {...about} kind="yaml" />;
    case 'template':
      return <EditDialog {...about} kind="template" />;
    case 'rollback':
      return <RollbackDialog {...about} />;
    case 'image':
      return <SetImageDialog targets={targetsOf(about.contextName, [about.row])} onClose={about.onClose} />;
    case 'redeploy':
      return <RedeployDialog {...about} />;
    case 'pause':
      return <PauseDialog {...about} strategyType="OnDelete" />;
    case 'resume':
      return <PauseDialog {...about} strategyType="RollingUpdate" />;
    case 'staged':
      return <StagedRolloutDialog {...about} />;
    case 'delete':
      return <DeleteDialog {...about} />;
    default:
      return assertNever(operation);
  }
}
