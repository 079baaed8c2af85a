import type { Clock } from '../../shared/clock.ts';

/** Runs a callback with the next frame. */
export interface Frames {
  request(callback: () => void): void;
}

const HIDDEN_DELAY_MS = 250;

/** The browser's frames; a hidden page has none, so there a timer stands in. */
export function browserFrames(clock: Clock): Frames {
  return {
    request(callback) {
      if (document.visibilityState === 'hidden') clock.setTimeout(callback, HIDDEN_DELAY_MS);
      else requestAnimationFrame(callback);
    },
  };
}
