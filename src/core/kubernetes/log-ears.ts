import type { ApiConnection } from './api-connection.ts';
import type { Clock } from '../../shared/clock.ts';
import { startSilenceTimer } from './silence-timer.ts';
import { startVigil } from './vigil.ts';

/** Silence is normal for a log. On HTTP/1.1, where its connection cannot be probed, a visible one is asked for anew after so much. */
const QUIET_MS = 60_000;

/** What ends one request of a log from outside of its own stream. */
export interface LogEars {
  /** Aborted with `why`. */
  readonly signal: AbortSignal;
  readonly why: 'slept' | 'quiet' | undefined;
  heard(): void;
  stop(): void;
}

export interface LogEarsOptions {
  readonly connection: ApiConnection;
  readonly clock: Clock;
  /** Whether another request would go on where this one stands. */
  readonly follows: boolean;
  /** Whether the reader is behind: then the silence is ours. */
  readonly isHeldBack: () => boolean;
}

export function listenToLog({ connection, clock, follows, isHeldBack }: LogEarsOptions): LogEars {
  const controller = new AbortController();
  let why: LogEars['why'];
  const end = (reason: LogEars['why']) => {
    why ??= reason;
    controller.abort();
  };
  // After sleep nobody tells that the connection is dead.
  const sleep = startSilenceTimer({
    clock,
    limitMs: Infinity,
    onSilent: () => undefined,
    onSlept: () => end('slept'),
  });
  const vigil = startVigil({
    clock,
    attention: connection.attention,
    limitMs: QUIET_MS,
    onSilent: () => {
      if (follows && connection.httpVersion !== '2' && !isHeldBack()) end('quiet');
    },
  });
  return {
    signal: controller.signal,
    get why() {
      return why;
    },
    heard: () => vigil.touch(),
    stop() {
      sleep.stop();
      vigil.stop();
    },
  };
}
