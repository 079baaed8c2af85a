import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { TransportState } from '../transport/transport-state.ts';
import classes from './App.module.css';

export interface CodePageProps {
  readonly state: Extract<TransportState, { phase: 'needsCode' }>;
  readonly onSubmit: (code: string) => void;
}

/** A tab without access of its own: the one-time code that the server host printed opens it. */
export function CodePage({ state, onSubmit }: CodePageProps) {
  const [code, setCode] = useState('');
  return (
    <main className={classes.center}>
      <form
        className={classes.code}
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit(code.trim());
        }}
      >
        <h1>Everynode needs a code</h1>
        <p>
          Every tab opens with a code of its own. Press Enter in the terminal that runs Everynode: it writes a new one.
        </p>
        <TextInput
          label="Code"
          description="The code, or the whole address with it. It works once, for ten minutes."
          value={code}
          error={state.error?.message}
          onChange={(event) => setCode(event.currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
          autoFocus
        />
        <Button type="submit" variant="filled" loading={state.busy} disabled={code.trim() === ''}>
          Open
        </Button>
      </form>
    </main>
  );
}
