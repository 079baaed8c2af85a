import { Button } from '@mantine/core';
import type { ReadState } from '../../shared/contract/live.ts';
import { useNow } from '../live/use-now.ts';
import { readTroubleWords } from './read-trouble-words.ts';
import classes from './ReadTrouble.module.css';

export interface ReadTroubleProps {
  /** What is read, as the sentence begins: "Pods". */
  readonly subject: string;
  readonly state: ReadState;
  readonly onNow: () => void;
}

const TICK_MS = 1000;

/** One line for a part of the page that shows what is old or cannot be read. Nothing while it is well. */
export function ReadTrouble(props: ReadTroubleProps) {
  const { phase } = props.state;
  return phase === 'stale' || phase === 'failed' ? <Trouble {...props} /> : null;
}

function Trouble({ subject, state, onNow }: ReadTroubleProps) {
  const words = readTroubleWords(state, useNow(TICK_MS));
  if (words === undefined) return null;
  return (
    <div className={classes.line}>
      <span role="status" className={classes.what}>
        {subject} {words.what}
      </span>
      <span className={classes.why} title={words.why}>
        {words.why}
      </span>
      {/* Counts each second, which nobody wants read aloud. */}
      {words.next !== '' && <span aria-live="off">{words.next}</span>}
      <Button size="compact-xs" onClick={onNow} aria-label={`Read ${subject.toLowerCase()} now`}>
        Now
      </Button>
    </div>
  );
}
