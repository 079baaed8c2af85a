import { Menu } from '@mantine/core';
import { useState } from 'react';
import type { DaemonSetRow } from '../../../shared/kubernetes/rows.ts';
import { OpenOperation, type Operation, OperationItems } from '../operations/index.ts';
import classes from './cells.module.css';

export interface RowMenuProps {
  readonly contextName: string;
  readonly row: DaemonSetRow;
  readonly tabIndex: 0 | -1;
}

/** What can be done with a DaemonSet. The menu is made when it is first asked for: a long list has many rows. */
export function RowMenu({ contextName, row, tabIndex }: RowMenuProps) {
  const [made, setMade] = useState(false);
  const [dialog, setDialog] = useState<Operation>();
  const button = {
    type: 'button',
    className: classes.menuButton,
    tabIndex,
    'aria-label': `Actions for ${row.name}`,
    'aria-haspopup': 'menu',
  } as const;
  if (!made) {
    return (
      <button {...button} onClick={() => setMade(true)}>
        ⋯
      </button>
    );
  }
  const close = () => setDialog(undefined);
  return (
    <>
      <Menu defaultOpened>
        <Menu.Target>
          <button {...button}>⋯</button>
        </Menu.Target>
        <Menu.Dropdown>
          <OperationItems contextName={contextName} row={row} onChoose={setDialog} />
        </Menu.Dropdown>
      </Menu>
      <OpenOperation contextName={contextName} row={row} operation={dialog} onClose={close} />
    </>
  );
}
