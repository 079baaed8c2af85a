import type { DaemonSetStatus } from '../../../shared/kubernetes/daemonset.ts';
import type { DaemonSetRow, DaemonSetStrategy } from '../../../shared/kubernetes/rows.ts';
import { resolveIntOrPercent } from '../../../shared/kubernetes/int-or-string.ts';

/** A rollout that is under way. */
export interface RolloutProgress {
  readonly updated: number;
  readonly desired: number;
  readonly words: string;
  readonly pace: string;
}

/** Undefined when nothing rolls out: all is done, or pods are replaced only as somebody deletes them. */
export function rolloutProgress(row: DaemonSetRow, status: DaemonSetStatus): RolloutProgress | undefined {
  const runs = status.kind === 'progressing' || status.kind === 'degraded' || status.kind === 'notObserved';
  if (!runs || row.strategy.type !== 'RollingUpdate') return undefined;
  return {
    updated: row.updated,
    desired: row.desired,
    words: `${row.updated} of ${row.desired} updated, ${row.available} available`,
    pace: paceWords(row),
  };
}

/** "RollingUpdate, maxUnavailable 20%", "OnDelete". */
export function strategyWords(strategy: DaemonSetStrategy): string {
  if (strategy.type === 'OnDelete') return 'OnDelete';
  const { maxSurge, maxUnavailable } = strategy;
  return isZero(maxSurge) ? `RollingUpdate, maxUnavailable ${maxUnavailable}` : `RollingUpdate, maxSurge ${maxSurge}`;
}

function paceWords({ strategy, desired }: DaemonSetRow): string {
  if (strategy.type === 'OnDelete') return '';
  const surges = !isZero(strategy.maxSurge);
  const name = surges ? 'maxSurge' : 'maxUnavailable';
  const value = surges ? strategy.maxSurge : strategy.maxUnavailable;
  const nodes = resolveIntOrPercent(value, desired, 'up');
  if (typeof value === 'number' || nodes === undefined) return `${name} ${value}`;
  return `${name} ${value} = ${nodes} ${nodes === 1 ? 'node' : 'nodes'}`;
}

function isZero(value: number | string): boolean {
  return value === 0 || value === '0' || value === '0%';
}
