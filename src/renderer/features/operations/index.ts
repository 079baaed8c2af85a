export {
  CompareDialog,
  CreateAgainDialog,
  HistoryLimitDialog,
  RedeployManyDialog,
  RollbackDialog,
  SetImageDialog,
} from './lazy-dialogs.tsx';
export { OpenOperation } from './OpenOperation.tsx';
export { OperationItems } from './OperationItems.tsx';
export { PodMenu } from './PodMenu.tsx';
export { type Operation, operationWords, permissionFor } from './operation.ts';
export { useDaemonSetPermissions, usePermissionsIn } from './use-daemonset-permissions.ts';
export { OperationDialog } from './OperationDialog.tsx';
export { shellQuoted } from './kubectl-command.ts';
export { useAnswer } from './use-answer.ts';
export { useChange } from './use-change.ts';
export { namesWords, nodesWords } from './staged-words.ts';
export { type OperationTarget, targetsOf } from './target.ts';
