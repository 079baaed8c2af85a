import { Menu } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { KubeContextRow } from '../../../shared/contract/context.ts';
import { useOpenContext } from '../../live/open-context.ts';
import { useServices } from '../../live/services.ts';
import { useAction } from '../../live/use-action.ts';
import { notify } from '../../stores/notices.ts';
import { thrownErrorData } from '../../live/thrown-error.ts';
import { ContextDialog } from './lazy-parts.ts';

export interface ContextMenuProps {
  readonly context: KubeContextRow;
  /** Opens on a right click (or the menu key) instead of a click. */
  readonly onRightClick?: boolean;
  readonly onOpenChange?: (opened: boolean) => void;
  /** The element that opens the menu. */
  readonly children: ReactNode;
}

type Preferences = Partial<Pick<KubeContextRow, 'displayName' | 'color' | 'hidden' | 'guardLevel'>>;

/** What can be done with a context: open, disconnect, its guard level, name and colour, hide. */
export function ContextMenu({ context, onRightClick = false, onOpenChange, children }: ContextMenuProps) {
  const [dialogOpened, setDialogOpened] = useState(false);
  const { client } = useServices();
  const { contextName, connection } = context;
  const open = useOpenContext();
  const change = useAction(async (preferences: Preferences) => {
    try {
      await client.context.setPreferences({ contextName, ...preferences });
    } catch (thrown) {
      notify({
        title: `${context.displayName} was not changed`,
        message: thrownErrorData(thrown).message,
        tone: 'bad',
      });
      throw thrown;
    }
  });
  const disconnect = useAction(() => client.context.close({ contextName }));
  const closed = connection.phase === 'closed' || connection.phase === 'refused';
  const Target = onRightClick ? Menu.ContextMenu : Menu.Target;
  return (
    <>
      <Menu {...(onOpenChange && { onChange: onOpenChange })}>
        <Target>{children}</Target>
        <Menu.Dropdown>
          <Menu.Item disabled={!closed || context.problem !== undefined} onClick={() => void open(contextName)}>
            Open
          </Menu.Item>
          <Menu.Item disabled={closed} onClick={() => void disconnect.run()}>
            Disconnect
          </Menu.Item>
          <Menu.Divider />
          <Menu.RadioGroup
            value={context.guardLevel}
            onChange={(level) => void change.run({ guardLevel: level === 'read-only' ? 'read-only' : 'free' })}
          >
            <Menu.Label>Guard level</Menu.Label>
            <Menu.RadioItem value="free">Free</Menu.RadioItem>
            <Menu.RadioItem value="read-only">Read-only</Menu.RadioItem>
          </Menu.RadioGroup>
          <Menu.Divider />
          <Menu.Item onClick={() => setDialogOpened(true)}>Name and colour…</Menu.Item>
          <Menu.Item onClick={() => void change.run({ hidden: !context.hidden })}>
            {context.hidden ? 'Show in the rail' : 'Hide from the rail'}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {dialogOpened && <ContextDialog context={context} onClose={() => setDialogOpened(false)} />}
    </>
  );
}
