import { useCallback, useRef } from 'react';
import type { LogSession } from './log-session.ts';

export interface Following {
  readonly pause: () => void;
  readonly resume: () => void;
  readonly onScroll: (isAtBottom: boolean) => void;
}

interface Scrollable {
  scrollToBottom(): void;
}

/** Scrolling up holds the log still, scrolling back to its end lets it go on; the Pause button holds it until Resume. */
export function useFollowing(session: LogSession, screen: Scrollable | undefined): Following {
  const byButton = useRef(false);
  const pause = useCallback(() => {
    byButton.current = true;
    session.pause();
  }, [session]);
  const resume = useCallback(() => {
    byButton.current = false;
    session.resume();
    screen?.scrollToBottom();
  }, [session, screen]);
  const onScroll = useCallback(
    (isAtBottom: boolean) => {
      if (!isAtBottom) session.pause();
      else if (!byButton.current) session.resume();
    },
    [session],
  );
  return { pause, resume, onScroll };
}
