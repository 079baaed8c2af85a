/** A running timer. Cancelling one that has fired does nothing. */
export interface Timer {
  cancel(): void;
}

/** Where the demo cluster gets its time from: the system, or a test that advances it by hand. */
export interface DemoClock {
  /** Milliseconds since the epoch. */
  now(): number;
  setTimeout(run: () => void, delayMs: number): Timer;
}

export const systemClock: DemoClock = {
  now: () => Date.now(),
  setTimeout(run, delayMs) {
    const handle = setTimeout(run, delayMs);
    return { cancel: () => clearTimeout(handle) };
  },
};

const recent = new Map<number, string>();
const RECENT_LIMIT = 4_096;

/** metav1.Time: RFC 3339 in whole seconds. */
export function toTimestamp(ms: number): string {
  const second = Math.floor(ms / 1000);
  let text = recent.get(second);
  if (text === undefined) {
    // The opening state of a large cluster asks for the same few seconds again and again.
    if (recent.size >= RECENT_LIMIT) recent.clear();
    text = `${new Date(second * 1000).toISOString().slice(0, 19)}Z`;
    recent.set(second, text);
  }
  return text;
}
