import { Button } from '@mantine/core';
import { useState } from 'react';
import type { DaemonSetRow } from '../../../shared/kubernetes/rows.ts';
import { GuardedButton } from '../../components/GuardedButton.tsx';
import { RedeployManyDialog, SetImageDialog, targetsOf, usePermissionsIn } from '../operations/index.ts';
import classes from './DaemonSetsPage.module.css';

export interface SelectionBarProps {
  readonly contextName: string;
  readonly chosen: readonly DaemonSetRow[];
  /** Chosen, but not among the rows that the filter shows. */
  readonly hidden: number;
  readonly onClear: () => void;
}

/** What can be done with the rows that are chosen. A dialog keeps the objects that it was opened for. */
export function SelectionBar({ contextName, chosen, hidden, onClear }: SelectionBarProps) {
  const [opened, setOpened] = useState<{
    readonly act: 'image' | 'redeploy';
    readonly rows: readonly DaemonSetRow[];
  }>();
  const namespaces = [...new Set(chosen.map(({ namespace }) => namespace))];
  const may = usePermissionsIn(contextName, namespaces);
  const close = () => setOpened(undefined);
  return (
    <>
      {chosen.length > 0 && (
        <div className={classes.selected} role="toolbar" aria-label="Selected DaemonSets">
          <span className={classes.selectedCount} role="status">
            {chosen.length} selected{hidden > 0 && `, ${hidden} not shown by the filter`}
          </span>
          <GuardedButton reason={may.patch.reason} onClick={() => setOpened({ act: 'image', rows: chosen })}>
            Set image…
          </GuardedButton>
          <GuardedButton reason={may.patch.reason} onClick={() => setOpened({ act: 'redeploy', rows: chosen })}>
            Redeploy…
          </GuardedButton>
          <Button onClick={onClear}>Clear selection</Button>
        </div>
      )}
      {opened?.act === 'image' && <SetImageDialog targets={targetsOf(contextName, opened.rows)} onClose={close} />}
      {opened?.act === 'redeploy' && (
        <RedeployManyDialog contextName={contextName} rows={opened.rows} onClose={close} />
      )}
    </>
  );
}
