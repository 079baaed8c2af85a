import { isAvailable } from './rollout-nodes.ts';
import type { PodRow } from './rows.ts';

/** Finished pods whose times are looked at: the pace of now, not of an hour ago. */
const WINDOW = 20;
/** A longer pause ends one run and begins another: what was finished before it says nothing of the pace. */
const PAUSE_MS = 10 * 60_000;

/** When each new pod became available, oldest first: the pods themselves remember it, so a page that was just opened knows as much. */
export function finishTimes(newPods: readonly PodRow[], minReadySeconds: number, now: number): readonly number[] {
  return newPods
    .filter((pod) => isAvailable(pod, minReadySeconds, now) && pod.readySince !== undefined)
    .map((pod) => Date.parse(pod.readySince ?? '') + minReadySeconds * 1000)
    .filter((at) => Number.isFinite(at) && at <= now)
    .toSorted((a, b) => a - b);
}

/** The finish times of the run that is under way: those after the last long pause. */
export function currentRun(times: readonly number[]): readonly number[] {
  let first = times.length - 1;
  while (first > 0 && (times[first] ?? 0) - (times[first - 1] ?? 0) <= PAUSE_MS) first -= 1;
  return times.slice(Math.max(0, first));
}

/**
 * Milliseconds that `left` more pods will take at the pace of the last ones; undefined where there is no pace to go by: fewer than two
 * are finished, or the next one has been due for three times as long as one takes.
 */
export function timeLeft(times: readonly number[], left: number, now: number): number | undefined {
  if (left <= 0) return 0;
  const seen = currentRun(times).slice(-WINDOW);
  const [first] = seen;
  const last = seen.at(-1);
  if (first === undefined || last === undefined || seen.length < 2) return undefined;
  // A second is what a timestamp can tell apart: several at once took at least that.
  const each = Math.max(last - first, 1000) / (seen.length - 1);
  const sinceLast = now - last;
  if (sinceLast > Math.max(3 * each, 30_000)) return undefined;
  return Math.max(each, left * each - sinceLast);
}
