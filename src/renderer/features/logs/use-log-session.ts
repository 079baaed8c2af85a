import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { useServices } from '../../live/services.ts';
import { LogSession } from './log-session.ts';
import type { LogRequest, LogSnapshot } from './log-session.ts';

export interface UsedLogSession {
  readonly session: LogSession;
  readonly snapshot: LogSnapshot;
  /** Reads anew: after a failure, or when the log has ended. */
  readonly readAgain: () => void;
}

/** One session for a request; another request ends it and begins the next. */
export function useLogSession(request: LogRequest): UsedLogSession {
  const { client, transport, clock } = useServices();
  const [attempt, setAttempt] = useState(0);
  const id = JSON.stringify(request);
  const session = useMemo(
    () => new LogSession({ client, transport, clock, request, newStreamId }),
    // `id` holds all of the request; another attempt is another session.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [client, transport, clock, id, attempt],
  );
  useEffect(() => {
    void session.run();
    return () => session.stop();
  }, [session]);
  const snapshot = useSyncExternalStore(session.subscribe, session.getSnapshot);
  const readAgain = useCallback(() => setAttempt((count) => count + 1), []);
  return { session, snapshot, readAgain };
}

export function newStreamId(): string {
  return crypto.randomUUID();
}
