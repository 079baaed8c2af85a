import { Button, FileButton } from '@mantine/core';
import { useState } from 'react';
import type { Action } from '../../live/use-action.ts';
import { notify } from '../../stores/notices.ts';
import { KeepChoice } from './KeepChoice.tsx';
import type { KubeconfigInput } from './kubeconfig-input.ts';
import classes from './KubeconfigForm.module.css';

const LIMIT_BYTES = 20_000_000;

/** A file of the browser's machine: chosen, or dropped. */
export function KubeconfigUpload({ add }: { readonly add: Action<KubeconfigInput> }) {
  const [keep, setKeep] = useState(false);
  const [over, setOver] = useState(false);
  const send = async (file: File | null | undefined) => {
    if (file === null || file === undefined) return;
    if (file.size > LIMIT_BYTES) {
      notify({ title: `${file.name} is too large`, message: 'A kubeconfig has at most 20 MB.', tone: 'bad' });
      return;
    }
    await add.run({ kind: 'text', fileName: file.name, text: await file.text(), keep });
  };
  return (
    <div className={classes.way}>
      <KeepChoice keep={keep} onChange={setKeep} />
      <div
        className={classes.drop}
        data-over={over}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          void send(event.dataTransfer.files[0]);
        }}
      >
        <span>Drop a kubeconfig here, or</span>
        <FileButton onChange={(file) => void send(file)} inputProps={{ 'aria-label': 'Kubeconfig file' }}>
          {(props) => (
            <Button {...props} variant="filled" loading={add.state.phase === 'running'}>
              Choose a file
            </Button>
          )}
        </FileButton>
      </div>
    </div>
  );
}
