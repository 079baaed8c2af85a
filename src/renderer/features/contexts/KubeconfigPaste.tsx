import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { Action } from '../../live/use-action.ts';
import { KeepChoice } from './KeepChoice.tsx';
import type { KubeconfigInput } from './kubeconfig-input.ts';
import classes from './KubeconfigForm.module.css';

const PASTED_NAME = 'pasted kubeconfig';

export function KubeconfigPaste({ add }: { readonly add: Action<KubeconfigInput> }) {
  const [text, setText] = useState('');
  const [keep, setKeep] = useState(false);
  return (
    <form
      className={classes.way}
      onSubmit={(event) => {
        event.preventDefault();
        void add.run({ kind: 'text', fileName: PASTED_NAME, text, keep });
      }}
    >
      <Textarea
        label="Kubeconfig"
        rows={10}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        placeholder="apiVersion: v1&#10;kind: Config"
        spellCheck={false}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        data-autofocus
      />
      <KeepChoice keep={keep} onChange={setKeep} />
      <div className={classes.actions}>
        <Button type="submit" variant="filled" disabled={text.trim() === ''} loading={add.state.phase === 'running'}>
          Open
        </Button>
      </div>
    </form>
  );
}
