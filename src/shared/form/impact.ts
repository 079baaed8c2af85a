import { resolveIntOrPercent } from '../kubernetes/int-or-string.ts';
import type { DaemonSetRow } from '../kubernetes/rows.ts';

/** What a saved edit means for the pods that run, in one sentence. */
export function impactWords(
  { desired, strategy }: Pick<DaemonSetRow, 'desired' | 'strategy'>,
  restarts: boolean,
): string {
  if (!restarts) return 'Restarts nothing: the pods stay as they are.';
  const pods = counted(desired);
  if (strategy.type === 'OnDelete')
    return `Changes the template of ${pods}; under OnDelete each is replaced when it is deleted.`;
  const surge = resolveIntOrPercent(strategy.maxSurge, desired, 'up') ?? 0;
  if (surge > 0) return `Restarts ${pods}, up to ${surge} new ones beside the old at a time.`;
  // The controller never waits for ever: with 0 it takes one (maxUnavailable rounds up over desired).
  const atOnce = Math.max(1, resolveIntOrPercent(strategy.maxUnavailable, desired, 'up') ?? 1);
  return `Restarts ${pods}, ${atOnce >= desired ? 'all at once' : `${atOnce} at a time`}.`;
}

function counted(pods: number): string {
  return pods === 1 ? '1 pod' : `${pods} pods`;
}
