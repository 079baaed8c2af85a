import type { Clock, Timer } from '../../shared/clock.ts';
import { type WindowState, writeWindowState } from './window-state.ts';

const AFTER_MS = 500;

export interface WindowStateKeeperOptions {
  readonly path: string;
  readonly clock: Clock;
  readonly read: () => WindowState;
  /** Told once when it cannot be written; the application goes on, and the next start has an older place. */
  readonly tell: (line: string) => void;
}

/**
 * Keeps the window's place while it changes, at most every half second, so that a crash loses no more than that. What has
 * not changed is not written again.
 */
export class WindowStateKeeper {
  readonly #options: WindowStateKeeperOptions;
  #waiting: Timer | undefined;
  #kept = '';
  #hasTold = false;

  constructor(options: WindowStateKeeperOptions) {
    this.#options = options;
  }

  /** The window was moved or resized, or is being so. */
  readonly changed = (): void => {
    this.#waiting ??= this.#options.clock.setTimeout(this.keepNow, AFTER_MS);
  };

  /** At once; before the window goes. */
  readonly keepNow = (): void => {
    if (this.#waiting !== undefined) this.#options.clock.clearTimeout(this.#waiting);
    this.#waiting = undefined;
    const state = this.#options.read();
    const text = JSON.stringify(state);
    if (text === this.#kept) return;
    try {
      writeWindowState(this.#options.path, state);
      this.#kept = text;
    } catch (error) {
      if (!this.#hasTold) this.#options.tell(`The window's place was not kept: ${String(error)}`);
      this.#hasTold = true;
    }
  };

  /** The window is gone: there is nothing to read any more. */
  readonly dispose = (): void => {
    if (this.#waiting !== undefined) this.#options.clock.clearTimeout(this.#waiting);
    this.#waiting = undefined;
  };
}
