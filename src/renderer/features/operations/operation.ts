import type { DaemonSetRow } from '../../../shared/kubernetes/rows.ts';
import type { Permission } from '../../live/use-access.ts';
import type { DaemonSetPermissions } from './use-daemonset-permissions.ts';

/** What can be done with a DaemonSet, in the order of its menus. */
export const OPERATIONS = [
  'edit',
  'template',
  'image',
  'rollback',
  'redeploy',
  'pause',
  'resume',
  'staged',
  'delete',
] as const;
export type Operation = (typeof OPERATIONS)[number];

const WORDS: Readonly<Record<Operation, string>> = {
  edit: 'Edit',
  template: 'Edit config template',
  image: 'Set image',
  rollback: 'Revision rollback',
  redeploy: 'Redeploy',
  pause: 'Pause',
  resume: 'Resume',
  staged: 'Staged rollout',
  delete: 'Delete',
};

export function operationWords(operation: Operation): string {
  return WORDS[operation];
}

/** The right that an operation needs. */
export function permissionFor(operation: Operation, may: DaemonSetPermissions): Permission {
  if (operation === 'staged') return may.deletePods;
  return operation === 'delete' ? may.delete : may.patch;
}

/** Whether it is offered: a DaemonSet is paused by the strategy OnDelete, and resumed by RollingUpdate; waves are for OnDelete alone. */
export function isOffered(operation: Operation, { strategy }: Pick<DaemonSetRow, 'strategy'>): boolean {
  if (operation === 'pause') return strategy.type === 'RollingUpdate';
  return (operation !== 'resume' && operation !== 'staged') || strategy.type === 'OnDelete';
}
