import { Button, Menu } from '@mantine/core';
import { useState } from 'react';
import { assertNever } from '../../../shared/errors/assert-never.ts';
import {
  daemonSetStatus,
  isMisscheduled,
  statusSecondLine,
  statusWords,
  type DaemonSetStatus,
} from '../../../shared/kubernetes/daemonset.ts';
import type { DaemonSetRow } from '../../../shared/kubernetes/rows.ts';
import { Age } from '../../components/Age.tsx';
import { GuardedButton } from '../../components/GuardedButton.tsx';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import type { Tone } from '../../components/StatusBadge.tsx';
import { useNow } from '../../live/use-now.ts';
import {
  OpenOperation,
  type Operation,
  OperationItems,
  operationWords,
  permissionFor,
  useDaemonSetPermissions,
} from '../operations/index.ts';
import { WatchButton } from '../watch/index.ts';
import classes from './DetailPage.module.css';
import { strategyWords } from './rollout-progress.ts';
import { useCause } from './use-cause.ts';

export interface DetailHeadProps {
  readonly row: DaemonSetRow;
  readonly contextName: string;
  readonly onLogs: () => void;
}

const STATUS_EVERY_MS = 10_000;

/** Name, state and facts of the DaemonSet, and what can be done with it. */
export function DetailHead({ row, contextName, onLogs }: DetailHeadProps) {
  const now = useNow(STATUS_EVERY_MS);
  const cause = useCause(contextName, row);
  const status = daemonSetStatus(row, { now, ...(cause && { cause }) });
  const reason = [statusSecondLine(row, status), cause?.text].filter(Boolean).join(' · ');
  return (
    <header className={classes.head}>
      <div className={classes.titles}>
        <div className={classes.titleLine}>
          <h1 className={classes.title}>{row.name}</h1>
          <span className={classes.muted}>{[row.namespace, row.alias].filter(Boolean).join(' · ')}</span>
          <StatusBadge tone={statusTone(status)}>{statusWords(status)}</StatusBadge>
          {isMisscheduled(row) && <StatusBadge tone="warn">{row.misscheduled} misscheduled</StatusBadge>}
          {reason !== '' && <span className={classes.reason}>{reason}</span>}
        </div>
        {row.description !== undefined && <div className={classes.muted}>{row.description}</div>}
        <Facts row={row} />
      </div>
      <Actions row={row} contextName={contextName} onLogs={onLogs} />
    </header>
  );
}

function Facts({ row }: { readonly row: DaemonSetRow }) {
  // Several containers of one image are common: an agent and what prepares its node.
  const images = [...new Set(row.images)];
  return (
    <dl className={classes.facts} aria-label="Facts">
      <div>
        <dt>Strategy</dt>
        <dd>{strategyWords(row.strategy)}</dd>
      </div>
      <div>
        <dt>{images.length === 1 ? 'Image' : 'Images'}</dt>
        <dd className={classes.mono}>{images.join(', ')}</dd>
      </div>
      <div>
        <dt>Age</dt>
        <dd>
          <Age timestamp={row.creationTimestamp} />
        </dd>
      </div>
      {row.owner && (
        <div>
          <dt>Owner</dt>
          <dd>
            {row.owner.kind} {row.owner.name}
          </dd>
        </div>
      )}
    </dl>
  );
}

/** Shown by themselves too: the menu has all of them, as that of a row. */
const NEAR: readonly Operation[] = ['edit', 'redeploy'];

function Actions({ row, contextName, onLogs }: DetailHeadProps) {
  const [operation, setOperation] = useState<Operation>();
  const permissions = useDaemonSetPermissions(contextName, row.namespace);
  return (
    <div className={classes.actions}>
      <WatchButton contextName={contextName} row={row} />
      <Button onClick={onLogs}>Logs</Button>
      {NEAR.map((near) => (
        <GuardedButton key={near} reason={permissionFor(near, permissions).reason} onClick={() => setOperation(near)}>
          {operationWords(near)}
        </GuardedButton>
      ))}
      <Menu position="bottom-end">
        <Menu.Target>
          <Button>More ▾</Button>
        </Menu.Target>
        <Menu.Dropdown>
          <OperationItems contextName={contextName} row={row} onChoose={setOperation} />
        </Menu.Dropdown>
      </Menu>
      <OpenOperation
        contextName={contextName}
        row={row}
        operation={operation}
        onClose={() => setOperation(undefined)}
      />
    </div>
  );
}

function statusTone(status: DaemonSetStatus): Tone {
  switch (status.kind) {
    case 'deleting':
    case 'noNodes':
      return 'quiet';
    case 'notObserved':
    case 'progressing':
      return 'info';
    case 'onDelete':
      return 'warn';
    case 'degraded':
      return 'bad';
    case 'rolledOut':
      return 'good';
    default:
      return assertNever(status);
  }
}
