import { ActionIcon } from '@mantine/core';
import type { DaemonSetRow } from '../../../shared/kubernetes/rows.ts';
import { type NotifyPermission, useNotifier } from '../../live/notifier.ts';
import { notify } from '../../stores/notices.ts';
import { unwatch, useIsWatched, watch } from '../../stores/watched.ts';
import classes from './WatchButton.module.css';
import { WatchIcon } from './WatchIcon.tsx';

export interface WatchButtonProps {
  readonly contextName: string;
  readonly row: DaemonSetRow;
}

const TITLE = 'Watch: tells you when its rollout ends, does not go on, or its pods begin to crash';

/** Watches the rollout of this DaemonSet while the page is open, whichever place it shows. */
export function WatchButton({ contextName, row }: WatchButtonProps) {
  const notifier = useNotifier();
  const { namespace, name, uid } = row;
  const target = { contextName, namespace, name, uid };
  const isWatched = useIsWatched(target);
  const toggle = async () => {
    if (isWatched) {
      unwatch(target);
      return;
    }
    watch(target);
    const message = permissionWords(notifier.permission === 'default' ? await notifier.ask() : notifier.permission);
    if (message !== undefined) notify({ title: `${name} is watched`, message, tone: 'warn' });
  };
  return (
    <ActionIcon
      size={30}
      variant="default"
      className={isWatched ? classes.on : undefined}
      aria-label="Watch rollout"
      aria-pressed={isWatched}
      title={TITLE}
      onClick={() => void toggle()}
    >
      <WatchIcon isOn={isWatched} />
    </ActionIcon>
  );
}

/** What stands against notifications of the desktop, or undefined. */
function permissionWords(permission: NotifyPermission): string | undefined {
  switch (permission) {
    case 'granted':
      return undefined;
    case 'none':
      return 'This browser has no desktop notifications: news is shown in the corner of this page.';
    default:
      return 'Desktop notifications are not allowed for this page: news is shown in its corner. The settings of the browser change that.';
  }
}
