import { Button, Menu } from '@mantine/core';
import { setDaemonSetColumns, usePreferences } from '../../stores/preferences.ts';
import { CHOOSABLE_COLUMNS, shownColumnIds } from './chosen-columns.ts';

/** Which columns the list shows; remembered in this browser. */
export function ColumnsMenu() {
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
