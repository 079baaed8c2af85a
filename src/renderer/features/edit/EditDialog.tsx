import { Button, Loader, Modal } from '@mantine/core';
import { useCallback, useEffect, useState } from 'react';
import type { AppErrorData } from '../../../shared/errors/app-error.ts';
import type { DaemonSetRow } from '../../../shared/kubernetes/rows.ts';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { useFocusReturn } from '../../components/use-focus-return.ts';
import { useServices } from '../../live/services.ts';
import { thrownErrorData } from '../../live/thrown-error.ts';
import classes from './EditDialog.module.css';
import { type EditKind, editTitle } from './edit-kind.ts';
import { EditForm } from './EditForm.tsx';

export interface EditDialogProps {
  readonly contextName: string;
  readonly row: DaemonSetRow;
  readonly kind: EditKind;
  readonly onClose: () => void;
}

/** Edits a live DaemonSet in the wizard's own fields: it is read as a whole, and only what was touched is sent. */
export function EditDialog({ contextName, row, kind, onClose }: EditDialogProps) {
  useFocusReturn();
  const { namespace, name } = row;
  const { opened, error, read } = useOpened(contextName, namespace, name);
  return (
    <Modal
      opened
      onClose={onClose}
      title={editTitle(kind, name)}
      size={kind === 'base' ? 720 : 'min(1180px, 94vw)'}
      closeOnClickOutside={false}
    >
      {error && (
        <div className={classes.stack}>
          <ErrorPanel title={`${name} could not be read`} error={error} />
          <Button onClick={read}>Try again</Button>
        </div>
      )}
      {!error && opened === undefined && <Loader aria-label="Reading the DaemonSet" />}
      {opened !== undefined && (
        <EditForm contextName={contextName} row={row} kind={kind} openedText={opened} onRead={read} onClose={onClose} />
      )}
    </Modal>
  );
}

function useOpened(contextName: string, namespace: string, name: string) {
  const { client } = useServices();
  const [opened, setOpened] = useState<string>();
  const [error, setError] = useState<AppErrorData>();
  const [nth, setNth] = useState(0);
  const read = useCallback(() => setNth((before) => before + 1), []);
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    setError(undefined);
    setOpened(undefined);
    client.daemonSet.read({ contextName, namespace, name }, { signal }).then(
      ({ jsonText }) => {
        if (!signal.aborted) setOpened(jsonText);
      },
      (thrown: unknown) => {
        if (!signal.aborted) setError(thrownErrorData(thrown));
      },
    );
    return () => controller.abort();
  }, [client, contextName, namespace, name, nth]);
  return { opened, error, read };
}
