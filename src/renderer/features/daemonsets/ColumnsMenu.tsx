import { Button, Menu } from '@mantine/core';
import { setDaemonSetColumns, usePreferences } from '../../stores/preferences.ts';
import classes from './cells.module.css';
import { CHOOSABLE_COLUMNS, shownColumnIds } from './chosen-columns.ts';

interface ColumnsMenuProps {
  /** Ids of chosen columns that this window has no room for. */
  readonly leftOut: readonly string[];
}

/** Which columns the list shows; remembered in this browser, also where there is no room for all of them now. */
export function ColumnsMenu({ leftOut }: ColumnsMenuProps) {
  const chosen = usePreferences((preferences) => preferences.daemonSetColumns);
  const shown = shownColumnIds(chosen);
  return (
    <Menu closeOnItemClick={false}>
      <Menu.Target>
        <Button>Columns</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {CHOOSABLE_COLUMNS.map(({ id, header }) => (
          <Menu.CheckboxItem
            key={id}
            checked={shown.includes(id)}
            onChange={(checked) =>
              setDaemonSetColumns(checked ? [...shown, id] : shown.filter((other) => other !== id))
            }
          >
            {header}
            {leftOut.includes(id) && <span className={classes.noRoom}> no room now</span>}
          </Menu.CheckboxItem>
        ))}
        <Menu.Divider />
        <Menu.Item disabled={chosen === undefined} onClick={() => setDaemonSetColumns(undefined)}>
          Default columns
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
