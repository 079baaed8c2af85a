import type { AccessCheck } from '../../../shared/contract/cluster.ts';
import type { DaemonSetRow } from '../../../shared/kubernetes/rows.ts';
import type { Permission } from '../../live/use-access.ts';
import { type DaemonSetPermissions, daemonSetCheck } from './use-daemonset-permissions.ts';

interface OperationFacts {
  readonly words: string;
  readonly right: keyof DaemonSetPermissions;
  /** Offered on several at once. */
  readonly onMany: boolean;
}

const FACTS = {
  edit: { words: 'Edit', right: 'patch', onMany: false },
  yaml: { words: 'Edit YAML', right: 'patch', onMany: false },
  template: { words: 'Edit config template', right: 'patch', onMany: false },
  image: { words: 'Set image', right: 'patch', onMany: true },
  rollback: { words: 'Revision rollback', right: 'patch', onMany: true },
  redeploy: { words: 'Redeploy', right: 'patch', onMany: true },
  pause: { words: 'Pause', right: 'patch', onMany: true },
  resume: { words: 'Resume', right: 'patch', onMany: true },
  staged: { words: 'Staged rollout', right: 'deletePods', onMany: false },
  delete: { words: 'Delete', right: 'delete', onMany: true },
} as const satisfies Readonly<Record<string, OperationFacts>>;

export type Operation = keyof typeof FACTS;

function isOperation(word: string): word is Operation {
  return word in FACTS;
}

/** What can be done with a DaemonSet, in the order of its menus: those of a row, of a page's head, and of rows that are chosen. */
export const OPERATIONS: readonly Operation[] = Object.keys(FACTS).filter(isOperation);

export type ManyOperation = {
  [Each in Operation]: (typeof FACTS)[Each]['onMany'] extends true ? Each : never;
}[Operation];

function isOnMany(operation: Operation): operation is ManyOperation {
  return FACTS[operation].onMany;
}

export const MANY_OPERATIONS: readonly ManyOperation[] = OPERATIONS.filter(isOnMany);

export function operationWords(operation: Operation): string {
  return FACTS[operation].words;
}

/** The right that an operation needs. */
export function permissionFor(operation: Operation, may: DaemonSetPermissions): Permission {
  return may[FACTS[operation].right];
}

/** What the server's authorizer is asked before it is offered. */
export function rightCheck(operation: Operation, namespace: string): AccessCheck {
  return daemonSetCheck(FACTS[operation].right, namespace);
}

type Paused = Pick<DaemonSetRow, 'strategy'>;

/** Why there is nothing that it could do here: a DaemonSet is paused by the strategy OnDelete, and resumed by RollingUpdate; waves are for OnDelete alone. */
export function whyNotOffered(operation: Operation, { strategy }: Paused): string | undefined {
  switch (operation) {
    case 'pause':
      return strategy.type === 'OnDelete' ? 'the strategy is OnDelete already' : undefined;
    case 'resume':
    case 'staged':
      return strategy.type === 'RollingUpdate' ? 'the strategy is RollingUpdate' : undefined;
    default:
      return undefined;
  }
}

export function isOffered(operation: Operation, row: Paused): boolean {
  return whyNotOffered(operation, row) === undefined;
}
