import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Action } from '../../live/use-action.ts';
import type { KubeconfigInput } from './kubeconfig-input.ts';
import classes from './KubeconfigForm.module.css';

/** A file of the machine that Everynode runs on, used where it lies. */
export function KubeconfigPath({ add }: { readonly add: Action<KubeconfigInput> }) {
  const [path, setPath] = useState('');
  return (
    <form
      className={classes.way}
      onSubmit={(event) => {
        event.preventDefault();
        void add.run({ kind: 'file', path: path.trim() });
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
        <Button type="submit" variant="filled" disabled={path.trim() === ''} loading={add.state.phase === 'running'}>
          Open
        </Button>
      </div>
    </form>
  );
}
