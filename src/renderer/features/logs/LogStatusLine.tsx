import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { assertNever } from '../../../shared/errors/assert-never.ts';
import { clockTime } from '../../components/context-tile.ts';
import { LOG_LIMITS } from './log-session.ts';
import type { LogPhase, LogSnapshot } from './log-session.ts';
import classes from './LogPanel.module.css';

export interface LogStatusLineProps {
  readonly snapshot: LogSnapshot;
  readonly onReadAgain: () => void;
  /** While it is cut off: tries again now. */
  readonly onReopen: () => void;
  /** Buttons at the end. */
  readonly children: ReactNode;
}

/** What the stream does, how many lines are kept, and what the limit is. */
export function LogStatusLine({ snapshot, onReadAgain, onReopen, children }: LogStatusLineProps) {
  const { phase, paused, lines, droppedLines } = snapshot;
  return (
    <div className={classes.status}>
      <span role="status" className={classes.phase} data-phase={paused ? 'paused' : phase.kind}>
        {paused && phase.kind !== 'cutOff' ? 'paused' : phaseWords(phase)}
      </span>
      <span>
        {lines.toLocaleString('en')} {lines === 1 ? 'line' : 'lines'}
      </span>
      {droppedLines > 0 && <span>{droppedLines.toLocaleString('en')} earlier ones are no longer here</span>}
      <span className={classes.limit}>
        keeps the last {LOG_LIMITS.lines.toLocaleString('en')} lines or {LOG_LIMITS.bytes / 1e6} MB; the download has
        all
      </span>
      {phase.kind === 'ended' && (
        <Button size="compact-xs" onClick={onReadAgain}>
          Read again
        </Button>
      )}
      {phase.kind === 'cutOff' && (
        <Button size="compact-xs" onClick={onReopen}>
          Try now
        </Button>
      )}
      <span className={classes.buttons}>{children}</span>
    </div>
  );
}

function phaseWords(phase: LogPhase): string {
  switch (phase.kind) {
    case 'opening':
      return 'opening…';
    case 'waiting':
      return 'waiting';
    case 'following':
      return 'following';
    case 'cutOff':
      return `cut off since ${clockTime(phase.since)} · goes on by itself from its last line`;
    case 'ended':
      return phase.words;
    case 'failed':
      return 'failed';
    default:
      return assertNever(phase);
  }
}
