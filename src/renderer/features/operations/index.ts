export {
  CompareDialog,
  CreateAgainDialog,
  HistoryLimitDialog,
  prepareDialogs,
  RollbackDialog,
} from './lazy-dialogs.tsx';
export { OpenOperation } from './OpenOperation.tsx';
export { OpenManyOperation } from './OpenManyOperation.tsx';
export { OperationItems } from './OperationItems.tsx';
export { PodMenu } from './PodMenu.tsx';
export {
  MANY_OPERATIONS,
  OPERATIONS,
  type ManyOperation,
  type Operation,
  operationWords,
  permissionFor,
  rightCheck,
  whyNotOffered,
} from './operation.ts';
export { useDaemonSetPermissions, usePermissionsIn } from './use-daemonset-permissions.ts';
export { OperationDialog } from './OperationDialog.tsx';
export { useAnswer } from './use-answer.ts';
export { useChange } from './use-change.ts';
export { namesWords, nodesWords } from './staged-words.ts';
export { type OperationTarget, targetsOf } from './target.ts';
