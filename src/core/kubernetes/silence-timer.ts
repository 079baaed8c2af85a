import type { Clock, Timer } from '../../shared/clock.ts';

export interface SilenceTimer {
  /** Something was heard. */
  touch(): void;
  stop(): void;
}

export interface SilenceTimerOptions {
  readonly clock: Clock;
  readonly limitMs: number;
  onSilent(): void;
  /** The timer found itself late: the machine slept, and what the connection says of itself cannot be believed. */
  onSlept(lateMs: number): void;
}

/** How late a timer must be to mean sleep. */
const LATE_MS = 10_000;
/** Timers stand still while the machine sleeps on most systems, so it looks often to notice soon after. */
const TICK_MS = 10_000;

/** Calls one of its two callbacks, once. */
export function startSilenceTimer(options: SilenceTimerOptions): SilenceTimer {
  const { clock, limitMs } = options;
  let lastHeard = clock.now();
  let expectedAt = 0;
  let timer: Timer;

  function schedule(): void {
    const delayMs = Math.max(1, Math.min(TICK_MS, lastHeard + limitMs - clock.now()));
    expectedAt = clock.now() + delayMs;
    timer = clock.setTimeout(tick, delayMs);
  }

  function tick(): void {
    const now = clock.now();
    // The wall clock was set back: what was heard then cannot lie ahead, or death would be noticed that much later.
    lastHeard = Math.min(lastHeard, now);
    if (now - expectedAt > LATE_MS) options.onSlept(now - expectedAt);
    else if (now - lastHeard >= limitMs) options.onSilent();
    else schedule();
  }

  schedule();
  return {
    touch() {
      lastHeard = clock.now();
    },
    stop() {
      clock.clearTimeout(timer);
    },
  };
}
