import type { Clock, Timer } from '../../shared/clock.ts';
import type { Attention } from '../attention.ts';

/**
 * While somebody looks, a peer that says nothing for so long is asked whether it is there, and has PROBE_LIMIT_MS to answer: together
 * 19 s, so that a silent peer is known within 20.
 */
export const PROBE_AFTER_MS = 14_000;
export const PROBE_LIMIT_MS = 5_000;

export interface Vigil {
  /** Something was heard. Cheap: called for every chunk. */
  touch(): void;
  stop(): void;
}

export interface VigilOptions {
  readonly clock: Clock;
  readonly attention: Attention;
  readonly limitMs: number;
  onSilent(): void;
}

/** While its attention is held, calls `onSilent` when nothing was heard for `limitMs`, and again after each further `limitMs`. */
export function startVigil({ clock, attention, limitMs, onSilent }: VigilOptions): Vigil {
  let lastHeard = clock.now();
  let timer: Timer | undefined;

  function schedule(): void {
    timer = clock.setTimeout(tick, Math.max(0, lastHeard + limitMs - clock.now()));
  }

  function tick(): void {
    if (clock.now() - lastHeard < limitMs) return schedule();
    lastHeard = clock.now();
    schedule();
    onSilent();
  }

  function follow(): void {
    clock.clearTimeout(timer);
    timer = undefined;
    if (attention.held) schedule();
  }

  const unsubscribe = attention.subscribe(follow);
  follow();
  return {
    touch() {
      lastHeard = clock.now();
    },
    stop() {
      unsubscribe();
      clock.clearTimeout(timer);
    },
  };
}
