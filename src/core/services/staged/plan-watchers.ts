import type { Clock, Timer } from '../../../shared/clock.ts';
import type { ValueItem } from '../../../shared/contract/live.ts';
import type { LatestSource } from '../../streams/latest-stream.ts';

/** Another host on the same folder tells nobody of its steps. */
const LOOK_EVERY_MS = 5000;

/** In place of a uid: told of every plan. */
export const ANY_PLAN = '';

/** Those who look at plans: each looks anew when one of them is told to have changed here, and every few seconds. */
export class PlanWatchers {
  readonly #clock: Clock;
  readonly #listeners = new Map<string, Set<() => void>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** `look` reads the plan of this uid, or all of them, and never fails. */
  watch<Value>(uid: string, look: () => Promise<Value>): LatestSource<ValueItem<Value>> {
    const clock = this.#clock;
    let item: ValueItem<Value> = { state: { phase: 'connecting' } };
    let timer: Timer;
    let isReleased = false;
    const listeners = new Set<() => void>();
    let latest = 0;
    const again = async () => {
      const nth = (latest += 1);
      const value = await look();
      // What was read from disk may be older than what a run has told meanwhile.
      if (isReleased || nth !== latest) return;
      item = { state: { phase: 'live', since: clock.now() }, value };
      for (const listener of listeners) listener();
      clock.clearTimeout(timer);
      timer = clock.setTimeout(() => void again(), LOOK_EVERY_MS);
    };
    const onChange = () => void again();
    const those = this.#listeners.get(uid) ?? new Set();
    this.#listeners.set(uid, those.add(onChange));
    void again();
    return {
      read: () => item,
      subscribe(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      release: () => {
        isReleased = true;
        clock.clearTimeout(timer);
        those.delete(onChange);
      },
    };
  }

  tell(uid: string): void {
    for (const key of [uid, ANY_PLAN]) for (const listener of this.#listeners.get(key) ?? []) listener();
  }
}
