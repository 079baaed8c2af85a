import { Menu } from '@mantine/core';
import { useState } from 'react';
import type { DaemonSetRow } from '../../../shared/kubernetes/rows.ts';
import type { Permission } from '../../live/use-access.ts';
import { EditDialog } from '../edit/index.ts';
import { DeleteDialog, RedeployDialog, useDaemonSetPermissions } from '../operations/index.ts';
import classes from './cells.module.css';

export interface RowMenuProps {
  readonly contextName: string;
  readonly row: DaemonSetRow;
  readonly tabIndex: 0 | -1;
}

type Dialog = 'edit' | 'template' | 'redeploy' | 'delete';

/** What can be done with a DaemonSet. The menu is made when it is first asked for: a long list has many rows. */
export function RowMenu({ contextName, row, tabIndex }: RowMenuProps) {
  const [made, setMade] = useState(false);
  const [dialog, setDialog] = useState<Dialog | undefined>();
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
          <Items contextName={contextName} row={row} onChoose={setDialog} />
        </Menu.Dropdown>
      </Menu>
      {dialog === 'edit' && <EditDialog contextName={contextName} row={row} kind="base" onClose={close} />}
      {dialog === 'template' && <EditDialog contextName={contextName} row={row} kind="template" onClose={close} />}
      {dialog === 'redeploy' && <RedeployDialog contextName={contextName} row={row} onClose={close} />}
      {dialog === 'delete' && <DeleteDialog contextName={contextName} row={row} onClose={close} />}
    </>
  );
}

interface ItemsProps extends Omit<RowMenuProps, 'tabIndex'> {
  readonly onChoose: (dialog: Dialog) => void;
}

function Items({ contextName, row, onChoose }: ItemsProps) {
  const may = useDaemonSetPermissions(contextName, row.namespace);
  return (
    <>
      <Menu.Item disabled={!may.patch.allowed} onClick={() => onChoose('edit')}>
        Edit…
        <Reason permission={may.patch} />
      </Menu.Item>
      <Menu.Item disabled={!may.patch.allowed} onClick={() => onChoose('template')}>
        Edit config template…
        <Reason permission={may.patch} />
      </Menu.Item>
      <Menu.Item disabled={!may.patch.allowed} onClick={() => onChoose('redeploy')}>
        Redeploy…
        <Reason permission={may.patch} />
      </Menu.Item>
      <Menu.Item disabled={!may.delete.allowed} onClick={() => onChoose('delete')}>
        Delete…
        <Reason permission={may.delete} />
      </Menu.Item>
    </>
  );
}

function Reason({ permission }: { readonly permission: Permission }) {
  return permission.reason === undefined ? null : <span className={classes.reason}>{permission.reason}</span>;
}
