import type { Clock } from '../../shared/clock.ts';

export interface Backoff {
  /** How long to wait before the next attempt, in milliseconds; at least what Retry-After asks. */
  nextDelayMs(retryAfterSeconds?: number): number;
  /** The attempt went well; two minutes of that forget earlier failures. */
  healthy(): void;
}

export interface BackoffOptions {
  readonly clock: Clock;
  /** From 0 to below 1. */
  readonly random: () => number;
  readonly initialMs?: number;
  readonly maxMs?: number;
  readonly resetAfterMs?: number;
}

/**
 * 0.8 s doubling to 30 s, forgotten after 2 minutes of health, as client-go's reflector (tools/cache/reflector.go, 0.37); each delay is
 * lengthened at random by up to half, so that many clusters never come back in the same tick.
 */
export function createBackoff(options: BackoffOptions): Backoff {
  const { clock, random, initialMs = 800, maxMs = 30_000, resetAfterMs = 120_000 } = options;
  let failures = 0;
  let healthySince: number | undefined;
  return {
    healthy() {
      healthySince ??= clock.now();
    },
    nextDelayMs(retryAfterSeconds) {
      if (healthySince !== undefined && clock.now() - healthySince >= resetAfterMs) failures = 0;
      healthySince = undefined;
      const base = Math.min(maxMs, initialMs * 2 ** failures);
      failures += 1;
      const jittered = base * (1 + random() / 2);
      if (retryAfterSeconds === undefined) return Math.round(jittered);
      return Math.round(Math.max(jittered, retryAfterSeconds * 1000 + random() * 1000));
    },
  };
}
