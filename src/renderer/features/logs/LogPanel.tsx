import { Button } from '@mantine/core';
import { useCallback, useState } from 'react';
import type { ReactNode } from 'react';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import type { LogScreen } from '../../terminal/log-screen.ts';
import { LogTerminal } from '../../terminal/LogTerminal.tsx';
import { LOG_LIMITS } from './log-session.ts';
import type { LogRequest } from './log-session.ts';
import { LogDownload } from './LogDownload.tsx';
import classes from './LogPanel.module.css';
import { LogSearchField } from './LogSearchField.tsx';
import { LogStatusLine } from './LogStatusLine.tsx';
import { LogToolbar } from './LogToolbar.tsx';
import type { LogView } from './LogToolbar.tsx';
import { tailLinesOf } from './tail-choices.ts';
import { useFollowing } from './use-following.ts';
import { useLogSession } from './use-log-session.ts';

export interface LogPanelProps {
  readonly contextName: string;
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  /** Begins with the run before the present one. */
  readonly startsPrevious?: boolean;
  /** What chooses pod and container: first in the toolbar. */
  readonly children?: ReactNode;
}

const FIRST_VIEW: LogView = { previous: false, timestamps: false, wrap: true, tail: '1000' };

/** Reads and follows the log of one container. */
export function LogPanel({ contextName, namespace, pod, container, startsPrevious = false, children }: LogPanelProps) {
  const [view, setView] = useState({ ...FIRST_VIEW, previous: startsPrevious });
  const [screen, setScreen] = useState<LogScreen>();
  const tailLines = tailLinesOf(view.tail);
  const { previous, timestamps, wrap } = view;
  const target = { contextName, namespace, pod, container, previous, timestamps };
  const request: LogRequest = { ...target, ...(tailLines !== undefined && { tailLines }) };
  const { session, snapshot, readAgain } = useLogSession(request);
  const following = useFollowing(session, screen);

  const onReady = useCallback(
    (ready: LogScreen) => {
      setScreen(ready);
      return session.attach(ready);
    },
    [session],
  );
  const { onScroll } = following;
  // The screen scrolls to a match with its next frame.
  const onMoved = useCallback(() => {
    if (screen) requestAnimationFrame(() => onScroll(screen.isAtBottom));
  }, [screen, onScroll]);
  const { phase } = snapshot;
  return (
    <section className={classes.panel} aria-label="Log viewer">
      <LogToolbar view={view} onView={setView} search={<LogSearchField screen={screen} onMoved={onMoved} />}>
        {children}
      </LogToolbar>
      {phase.kind === 'failed' && (
        <div className={classes.error}>
          <ErrorPanel error={phase.error} onRetry={readAgain} title="The log cannot be read" />
        </div>
      )}
      <div className={classes.body}>
        <LogTerminal
          label={`Log of ${pod}, container ${container}`}
          wrap={wrap}
          scrollbackLines={LOG_LIMITS.lines}
          onReady={onReady}
          onScroll={onScroll}
        />
        {snapshot.paused && (
          <Button className={classes.more} variant="filled" onClick={following.resume}>
            {snapshot.newLines === 0 ? 'Paused · no new lines' : `${newLineWords(snapshot.newLines)} ↓`}
          </Button>
        )}
      </div>
      <LogStatusLine snapshot={snapshot} onReadAgain={readAgain} onReopen={() => session.reopen()}>
        <Button size="compact-sm" onClick={() => session.clear()}>
          Clear
        </Button>
        <Button size="compact-sm" onClick={snapshot.paused ? following.resume : following.pause}>
          {snapshot.paused ? 'Resume' : 'Pause'}
        </Button>
        <LogDownload request={request} session={session} />
      </LogStatusLine>
    </section>
  );
}

function newLineWords(count: number): string {
  return `${count.toLocaleString('en')} new ${count === 1 ? 'line' : 'lines'}`;
}
