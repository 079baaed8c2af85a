import { Button } from '@mantine/core';
import { useState } from 'react';
import { LogSanitizer } from '../../../shared/log/sanitize.ts';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { useServices } from '../../live/services.ts';
import { useAction } from '../../live/use-action.ts';
import classes from './RolloutCard.module.css';

export interface LastLogLinesProps {
  readonly contextName: string;
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
}

// oxlint-disable-next-line no-control-regex -- the sequences begin with one
const COLOUR = /\u001b\[[0-9;:]*m/g;
const LINES = 5;
const WINDOW_BYTES = 1_048_576;

/** The last lines of a crashed container's former run, read when they are asked for, as plain text. */
export function LastLogLines({ contextName, namespace, pod, container }: LastLogLinesProps) {
  const { client } = useServices();
  const [lines, setLines] = useState<string>();
  const read = useAction(async (_: void, signal) => {
    const source = { contextName, namespace, name: pod, container, previous: true, tailLines: LINES };
    const pace = { streamId: crypto.randomUUID(), windowBytes: WINDOW_BYTES, follow: false };
    let text = '';
    for await (const item of await client.log.read({ ...source, ...pace }, { signal })) {
      if (item.type === 'lines') text += item.text;
    }
    const sanitizer = new LogSanitizer();
    // What it leaves are colours, which text has not.
    setLines((sanitizer.push(text) + sanitizer.flush()).replaceAll(COLOUR, ''));
  });
  if (lines !== undefined) {
    return (
      <pre className={classes.log} aria-label={`Last lines of ${container}`}>
        {lines === '' ? 'Its last run wrote nothing.' : lines}
      </pre>
    );
  }
  return (
    <>
      <Button size="compact-xs" loading={read.state.phase === 'running'} onClick={() => void read.run()}>
        Last log lines
      </Button>
      {read.state.phase === 'failed' && <ErrorPanel title="Its log cannot be read" error={read.state.error} />}
    </>
  );
}
