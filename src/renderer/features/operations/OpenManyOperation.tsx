import { assertNever } from '../../../shared/errors/assert-never.ts';
import {
  DeleteManyDialog,
  PauseManyDialog,
  RedeployManyDialog,
  RollbackManyDialog,
  SetImageDialog,
} from './lazy-dialogs.tsx';
import type { ManyProps } from './ManyDialog.tsx';
import type { ManyOperation } from './operation.ts';
import { targetsOf } from './target.ts';

export interface OpenManyOperationProps extends ManyProps {
  readonly operation: ManyOperation;
}

/** The dialog of an operation on several rows. */
export function OpenManyOperation({ operation, ...about }: OpenManyOperationProps) {
  switch (operation) {
    case 'image':
      return <SetImageDialog targets={targetsOf(about.contextName, about.rows)} onClose={about.onClose} />;
    case 'rollback':
      return <RollbackManyDialog {...about} />;
    case 'redeploy':
      return <RedeployManyDialog {...about} />;
    case 'pause':
      return <PauseManyDialog {...about} strategyType="OnDelete" />;
    case 'resume':
      return <PauseManyDialog {...about} strategyType="RollingUpdate" />;
    case 'delete':
      return <DeleteManyDialog {...about} />;
    default:
      return assertNever(operation);
  }
}
