export { DeleteDialog, RedeployDialog } from './lazy-dialogs.tsx';
export { useDaemonSetPermissions } from './use-daemonset-permissions.ts';
