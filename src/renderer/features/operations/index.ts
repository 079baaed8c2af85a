export { CompareDialog, HistoryLimitDialog, RollbackDialog } from './lazy-dialogs.tsx';
export { OpenOperation } from './OpenOperation.tsx';
export { OperationItems } from './OperationItems.tsx';
export { type Operation, operationWords, permissionFor } from './operation.ts';
export { useDaemonSetPermissions } from './use-daemonset-permissions.ts';
