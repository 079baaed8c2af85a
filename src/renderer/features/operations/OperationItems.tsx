import { Menu } from '@mantine/core';
import type { DaemonSetRow } from '../../../shared/kubernetes/rows.ts';
import { OPERATIONS, type Operation, isOffered, operationWords, permissionFor } from './operation.ts';
import classes from './OperationDialog.module.css';
import { useDaemonSetPermissions } from './use-daemonset-permissions.ts';

export interface OperationItemsProps {
  readonly contextName: string;
  readonly row: DaemonSetRow;
  /** Shown by themselves beside the menu. */
  readonly without?: readonly Operation[];
  readonly onChoose: (operation: Operation) => void;
}

/** Items of a menu: one that the user may not use says which right is missing. */
export function OperationItems({ contextName, row, without = [], onChoose }: OperationItemsProps) {
  const may = useDaemonSetPermissions(contextName, row.namespace);
  return (
    <>
      {OPERATIONS.filter((operation) => !without.includes(operation) && isOffered(operation, row)).map((operation) => {
        const { allowed, reason } = permissionFor(operation, may);
        return (
          <Menu.Item key={operation} disabled={!allowed} onClick={() => onChoose(operation)}>
            {operationWords(operation)}…{reason !== undefined && <span className={classes.reason}>{reason}</span>}
          </Menu.Item>
        );
      })}
    </>
  );
}
