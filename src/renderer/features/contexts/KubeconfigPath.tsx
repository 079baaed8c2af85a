import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { useServices } from '../../live/services.ts';
import { type Action, useAction } from '../../live/use-action.ts';
import { useCapability } from '../../live/use-capability.ts';
import type { KubeconfigInput } from './kubeconfig-input.ts';
import classes from './KubeconfigForm.module.css';

/** The user may look around in the dialog for as long as they like. */
const HOUR_MS = 3_600_000;

/** A file of the machine that Everynode runs on, used where it lies. */
export function KubeconfigPath({ add }: { readonly add: Action<KubeconfigInput> }) {
  const [path, setPath] = useState('');
  const { client } = useServices();
  const hasDialog = useCapability('openFileDialog');
  const choose = useAction(async (_: void, signal) => {
    const { paths } = await client.kubeconfig.chooseFiles(undefined, { signal, context: { deadlineMs: HOUR_MS } });
    if (signal.aborted || paths.length === 0) return;
    setPath(paths.join(', '));
    await add.run({ kind: 'files', paths });
  });
  return (
    <form
      className={classes.way}
      onSubmit={(event) => {
        event.preventDefault();
        void add.run({ kind: 'files', paths: [path.trim()] });
      }}
    >
      <TextInput
        label="Path of the kubeconfig"
        description="A file on the machine that Everynode runs on. It is used where it lies, and followed when it changes."
        placeholder="/home/me/.kube/config"
        value={path}
        onChange={(event) => setPath(event.currentTarget.value)}
        spellCheck={false}
        data-autofocus
      />
      <div className={classes.actions}>
        {hasDialog && (
          <Button onClick={() => void choose.run()} loading={choose.state.phase === 'running'}>
            Choose a file…
          </Button>
        )}
        <Button type="submit" variant="filled" disabled={path.trim() === ''} loading={add.state.phase === 'running'}>
          Open
        </Button>
      </div>
      {choose.state.phase === 'failed' && <ErrorPanel error={choose.state.error} />}
    </form>
  );
}
