import { Button, Menu } from '@mantine/core';
import { useState } from 'react';
import type { DaemonSetRow } from '../../../shared/kubernetes/rows.ts';
import { GuardedButton } from '../../components/GuardedButton.tsx';
import {
  MANY_OPERATIONS,
  type ManyOperation,
  OpenManyOperation,
  OpenOperation,
  type Operation,
  OperationItems,
  operationWords,
  permissionFor,
  usePermissionsIn,
  whyNotOffered,
} from '../operations/index.ts';
import classes from './DaemonSetsPage.module.css';

export interface SelectionBarProps {
  readonly contextName: string;
  readonly chosen: readonly DaemonSetRow[];
  /** Chosen, but not among the rows that the filter shows. */
  readonly hidden: number;
  readonly onClear: () => void;
}

type Opened =
  | { readonly on: 'one'; readonly operation: Operation; readonly row: DaemonSetRow }
  | { readonly on: 'many'; readonly operation: ManyOperation; readonly rows: readonly DaemonSetRow[] };

/** What can be done with the rows that are chosen. A dialog keeps the objects that it was opened for. */
export function SelectionBar({ contextName, chosen, hidden, onClear }: SelectionBarProps) {
  const [opened, setOpened] = useState<Opened>();
  const may = usePermissionsIn(contextName, [...new Set(chosen.map(({ namespace }) => namespace))]);
  const [only] = chosen.length === 1 ? chosen : [];
  const open = (operation: ManyOperation) =>
    setOpened(only === undefined ? { on: 'many', operation, rows: chosen } : { on: 'one', operation, row: only });
  const close = () => setOpened(undefined);
  return (
    <>
      {chosen.length > 0 && (
        <div className={classes.selected} role="toolbar" aria-label="Selected DaemonSets">
          <span className={classes.selectedCount} role="status">
            {chosen.length} selected{hidden > 0 && `, ${hidden} not shown by the filter`}
          </span>
          <div className={classes.selectedActions}>
            {MANY_OPERATIONS.map((operation) => (
              <GuardedButton
                key={operation}
                reason={permissionFor(operation, may).reason ?? whyOnNone(operation, chosen)}
                onClick={() => open(operation)}
              >
                {operationWords(operation)}…
              </GuardedButton>
            ))}
            {only && (
              <Menu position="top-end">
                <Menu.Target>
                  <Button>More ▾</Button>
                </Menu.Target>
                <Menu.Dropdown>
                  <OperationItems
                    contextName={contextName}
                    row={only}
                    without={MANY_OPERATIONS}
                    onChoose={(operation) => setOpened({ on: 'one', operation, row: only })}
                  />
                </Menu.Dropdown>
              </Menu>
            )}
            <Button onClick={onClear}>Clear selection</Button>
          </div>
        </div>
      )}
      {opened?.on === 'one' && (
        <OpenOperation contextName={contextName} row={opened.row} operation={opened.operation} onClose={close} />
      )}
      {opened?.on === 'many' && (
        <OpenManyOperation contextName={contextName} rows={opened.rows} operation={opened.operation} onClose={close} />
      )}
    </>
  );
}

/** Where it can be done to none of them: "Nothing to pause: the strategy is OnDelete already.". */
function whyOnNone(operation: ManyOperation, chosen: readonly DaemonSetRow[]): string | undefined {
  const reasons = chosen.flatMap((row) => whyNotOffered(operation, row) ?? []);
  return reasons.length === chosen.length
    ? `Nothing to ${operationWords(operation).toLowerCase()}: ${reasons[0]}.`
    : undefined;
}
