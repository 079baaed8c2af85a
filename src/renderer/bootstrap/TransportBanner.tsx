import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Clock } from '../../shared/clock.ts';
import { clockTime } from '../components/context-tile.ts';
import { nextTryWords } from '../components/next-try-words.ts';
import { useNow } from '../live/use-now.ts';
import type { TransportState } from '../transport/transport-state.ts';
import classes from './App.module.css';

/** A short cut (a restart of the network, a sleep) is not worth a banner. */
const PATIENCE_MS = 400;

export interface TransportBannerProps {
  readonly state: Extract<TransportState, { phase: 'open' | 'lost' }>;
  readonly clock: Clock;
  readonly onRetry: () => void;
}

const TICK_MS = 1000;

function NextTry({ retryAt }: { readonly retryAt: number | undefined }) {
  return <span aria-live="off">{nextTryWords(retryAt, useNow(TICK_MS))}</span>;
}

/** Says that the page lost its host, since when, and that it reconnects by itself. */
export function TransportBanner({ state, clock, onRetry }: TransportBannerProps) {
  const since = state.phase === 'lost' ? state.since : undefined;
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (since === undefined) {
      setShown(false);
      return undefined;
    }
    const timer = clock.setTimeout(() => setShown(true), PATIENCE_MS);
    return () => clock.clearTimeout(timer);
  }, [since, clock]);
  if (state.phase !== 'lost' || !shown) return null;
  return (
    <div className={classes.banner} role="alert">
      <span>
        Connection to Everynode lost at {clockTime(state.since)} · <NextTry retryAt={state.retryAt} />
      </span>
      <Button size="compact-xs" onClick={onRetry}>
        Try now
      </Button>
    </div>
  );
}
